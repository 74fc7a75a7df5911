import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/activity.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant, SessionId } from "../account/ids.ts";
import { endChallenge, statusAt, type Challenge, type Handoff } from "./challenge.ts";
import { firstAsk, type AskNumbers } from "./telegram-ask.ts";

export type NewChallenge = {
  readonly id: ChallengeId;
  readonly secretHash: string;
  readonly client: Client;
  /** The session to re-authenticate; null at sign-in. */
  readonly sessionId: SessionId | null;
  readonly handoff: Handoff | null;
  /** For Telegram, where the person has it. */
  readonly numbers: AskNumbers;
};

export type OpenOutcome =
  | { readonly kind: "second_step"; readonly challenge: Challenge }
  | { readonly kind: "too_many_challenges"; readonly until: Instant };

/**
 * Opens a challenge. Whoever knows the password can ask for many: three may be open, so that a new one cancels the
 * oldest, and an hour has fifteen. Linked Telegram accounts are asked at once, within limits of their own.
 */
export function openChallenge(
  account: Account,
  asked: NewChallenge,
  { now, limits }: Context,
): Decision<OpenOutcome> {
  const opened = account.challengesOpenedAt.filter((at) => at > now - 3_600_000);
  const oldest = opened.at(-limits.challenge.perHour);
  if (oldest !== undefined) {
    return { account, outcome: { kind: "too_many_challenges", until: oldest + 3_600_000 } };
  }
  const { numbers, ...given } = asked;
  const { account: recorded, ask } = firstAsk(account, numbers, { now, limits });
  const challenge: Challenge = {
    ...given,
    purpose: asked.sessionId ? "reauthentication" : "sign_in",
    epoch: account.epoch,
    openedAt: now,
    expiresAt: now + limits.challenge.lifeSeconds * 1000,
    status: "pending",
    endedAt: null,
    wrongGuesses: 0,
    completion: null,
    telegram: ask,
    ladder: null,
  };
  return {
    account: {
      ...recorded,
      challenges: [...makeRoom(account.challenges, now, limits.challenge.open), challenge],
      challengesOpenedAt: [...opened, now],
    },
    outcome: { kind: "second_step", challenge },
  };
}

/**
 * Leaves at most `open - 1` pending challenges, cancelling the oldest, and of those that are over as many, the last that
 * ended: their browsers still ask what became of them.
 */
const makeRoom = (challenges: readonly Challenge[], now: Instant, open: number): Challenge[] => {
  const pending = challenges.filter((one) => statusAt(one, now) === "pending");
  const crowded = new Set(pending.slice(0, Math.max(0, pending.length - (open - 1))));
  const settled = challenges.map((one) =>
    crowded.has(one) || statusAt(one, now) === "expired"
      ? endChallenge(one, "cancelled", now)
      : one,
  );
  const over = settled
    .filter((one) => one.status !== "pending")
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  // One whose messages still have their buttons is needed to edit them, while it could have lived.
  const unsettled = (one: Challenge) =>
    now < one.expiresAt &&
    one.telegram?.settledAt === null &&
    one.telegram.chats.some(({ messages }) => messages.length > 0);
  const forgotten = new Set(
    over.slice(0, Math.max(0, over.length - open)).filter((one) => !unsettled(one)),
  );
  return settled.filter((one) => !forgotten.has(one));
};
