import type { Account, Context } from "../account/account.ts";
import type { ActivityEvent } from "../account/activity.ts";
import { noteEnding } from "../account/note-activity.ts";
import { endChallenge, type Challenge } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";
import type { Instant } from "../account/ids.ts";

/**
 * Ends second steps whose time is over, and notes the end of each step that is not noted yet (its time was over, or
 * another epoch began). Returns the same object if there is nothing to do.
 */
export const closeChallenges = (account: Account, context: Context): Account => {
  const { now } = context;
  const late = (one: Challenge) => one.status === "pending" && now >= one.expiresAt;
  const closed = account.challenges.some(late)
    ? {
        ...account,
        challenges: account.challenges.map((one) =>
          late(one) ? endChallenge(one, "expired", now) : one,
        ),
      }
    : account;
  return closed.activity.signIns.reduce((noted, { challengeId, ip, device }) => {
    const challenge = closed.challenges.find(({ id }) => id === challengeId);
    if (challengeId === undefined) return noted;
    const ending = challenge ? endingOf(closed, challenge, now) : forgottenEnding(now);
    return ending
      ? noteEnding(noted, challengeId, ending.event, { ip, device }, { ...context, now: ending.at })
      : noted;
  }, closed);
};

type Ending = { readonly event: ActivityEvent; readonly at: Instant };

const endingOf = (account: Account, challenge: Challenge, now: Instant): Ending | undefined => {
  const { status, endedAt, expiresAt } = challenge;
  switch (closedAs(account, challenge, now)) {
    case undefined:
      return undefined;
    case "completed":
      // The decision that completed it has noted it in the same save.
      return undefined;
    case "denied":
      return { event: "sign_in_denied", at: endedAt ?? now };
    case "locked":
      return { event: "challenge_locked", at: endedAt ?? now };
    case "cancelled":
      return { event: "challenge_cancelled", at: endedAt ?? now };
    case "expired":
      return status === "approved"
        ? { event: "challenge_unfinished", at: expiresAt }
        : { event: "challenge_expired", at: expiresAt };
  }
};

/** The challenge is gone: it made room for others, or a backup does not have it. */
const forgottenEnding = (now: Instant): Ending => ({ event: "challenge_cancelled", at: now });
