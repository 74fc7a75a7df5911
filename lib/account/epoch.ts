import { endChallenge } from "./challenge.ts";
import type { Account } from "./account.ts";
import type { Instant, SessionId } from "./ids.ts";

/**
 * Ends all sessions except the kept one, and all sign-ins under way, in the save of the change that causes it. It costs
 * the same for one session or ten thousand.
 *
 * The function also ends pending challenges, although their old epoch already makes them stale. A terminal state must
 * never change, and without this a challenge that reads "cancelled" now would read "expired" in ten minutes.
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
