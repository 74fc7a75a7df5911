import { endChallenge } from "./challenge.ts";
import type { Account } from "./account.ts";
import type { Instant, SessionId } from "./ids.ts";

/**
 * Ends every session but `keptSessionId`, and every sign-in under way, in the save of whatever caused it. Costs the same
 * for one session or ten thousand.
 *
 * Challenges that are pending are closed here, not only found stale later: a terminal state must never change, and
 * "cancelled" read now would otherwise become "expired" in ten minutes.
 */
export const endOtherSessions = (
  account: Account,
  keptSessionId: SessionId | null,
  now: Instant,
): Account => ({
  ...account,
  epoch: account.epoch + 1,
  keptSessionId,
  challenges: account.challenges.map((challenge) => endChallenge(challenge, "cancelled", now)),
});
