import { equalHashes } from "../crypto/constant-time.ts";
import { hashToken } from "../crypto/token.ts";
import type { Account } from "./account.ts";
import { statusAt, type Challenge, type Closed } from "./challenge.ts";
import type { ChallengeId, Instant } from "./ids.ts";

/** The challenge with this id, if this is its secret. Only the browser that holds the secret may answer it. */
export const findChallenge = (
  account: Account,
  id: ChallengeId,
  secret: string,
): Challenge | undefined => {
  const challenge = account.challenges.find((one) => one.id === id);
  return challenge && equalHashes(challenge.secretHash, hashToken(secret)) ? challenge : undefined;
};

/**
 * Why this challenge cannot be answered, or undefined if it can. For its browser, a challenge that was approved but not
 * completed in its ten minutes is expired, and a challenge of an older epoch is cancelled.
 */
export const closedAs = (
  account: Account,
  challenge: Challenge,
  now: Instant,
): Closed | undefined => {
  const status = statusAt(challenge, now);
  if (challenge.completion) return "completed";
  if (status !== "pending" && status !== "approved") return status;
  if (challenge.epoch !== account.epoch) return "cancelled";
  return now >= challenge.expiresAt ? "expired" : undefined;
};

/** The account with this challenge in place of its older self. */
export const replaceChallenge = (account: Account, challenge: Challenge): Account => ({
  ...account,
  challenges: account.challenges.map((one) => (one.id === challenge.id ? challenge : one)),
});
