import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant, SessionId } from "../account/ids.ts";
import {
  endChallenge,
  kindOf,
  showsButtons,
  statusAt,
  type Challenge,
  type ChallengeKind,
  type Handoff,
} from "../account/challenge.ts";

export type NewChallenge = {
  readonly id: ChallengeId;
  readonly secretHash: string;
  readonly client: Client;
  /** The session to reauthenticate; null at sign-in. */
  readonly sessionId: SessionId | null;
  readonly handoff: Handoff | null;
};

export type OpenOutcome =
  | { readonly kind: "second_step"; readonly challenge: Challenge }
  | { readonly kind: "too_many_challenges"; readonly until: Instant };

/**
 * Opens a challenge. A stranger who knows the password could open many, so limits bound how many are open at once and
 * how many are opened in an hour. Each kind has its own limits: sign-ins with the password must not block the
 * reauthentication of a live session or the host.
 */
export function openChallenge(
  account: Account,
  asked: NewChallenge,
  context: Context,
): Decision<OpenOutcome> {
  const { now, limits } = context;
  const purpose = asked.sessionId ? "reauthentication" : "sign_in";
  const kind = kindOf({ purpose, handoff: asked.handoff });
  const opened = account.challengesOpenedAt[kind].filter((at) => at > now - 3_600_000);
  const oldest = opened.at(-perHour(kind, context));
  if (oldest !== undefined) {
    return { account, outcome: { kind: "too_many_challenges", until: oldest + 3_600_000 } };
  }
  const challenge: Challenge = {
    ...asked,
    purpose,
    epoch: account.epoch,
    openedAt: now,
    expiresAt: now + limits.challenge.lifeSeconds * 1000,
    status: "pending",
    endedAt: null,
    wrongGuesses: 0,
    completion: null,
    telegram: null,
    fallback: null,
  };
  const challenges = [...makeRoom(account.challenges, kind, now, limits.challenge.open), challenge];
  const challengesOpenedAt = { ...account.challengesOpenedAt, [kind]: [...opened, now] };
  return {
    account: noteActivity(
      { ...account, challenges, challengesOpenedAt },
      "challenge_opened",
      asked.client,
      context,
      { challengeId: challenge.id },
    ),
    outcome: { kind: "second_step", challenge },
  };
}

const kinds: readonly ChallengeKind[] = ["sign_in", "reauthentication", "host"];

const perHour = (kind: ChallengeKind, { limits }: Context): number => {
  switch (kind) {
    case "sign_in":
      return limits.challenge.perHour;
    case "reauthentication":
      return limits.challenge.reauthenticationsPerHour;
    case "host":
      return limits.challenge.hostPerHour;
  }
};

/**
 * Makes room for one more challenge of this kind. The function cancels the oldest until at most `open - 1` of the kind
 * are pending. Of each kind it keeps the `open` challenges that ended last, because their browsers still ask how they
 * ended. Of the others it keeps at most `open` whose messages still have buttons, for the job that edits them.
 */
const makeRoom = (
  challenges: readonly Challenge[],
  kind: ChallengeKind,
  now: Instant,
  open: number,
): Challenge[] => {
  const ofKind = challenges.filter((one) => kindOf(one) === kind);
  const pending = ofKind.filter((one) => statusAt(one, now) === "pending");
  const crowded = new Set(pending.slice(0, Math.max(0, pending.length - (open - 1))));
  const ended = challenges.map((one) =>
    crowded.has(one) || statusAt(one, now) === "expired"
      ? endChallenge(one, "cancelled", now)
      : one,
  );
  const over = ended
    .filter((one) => one.status !== "pending")
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const kept = new Set(
    kinds.flatMap((each) => over.filter((one) => kindOf(one) === each).slice(0, open)),
  );
  const shown = over.filter((one) => !kept.has(one) && showsButtons(one, now)).slice(0, open);
  return ended.filter((one) => one.status === "pending" || kept.has(one) || shown.includes(one));
};
