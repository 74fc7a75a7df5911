import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import type { Completion } from "../account/challenge.ts";
import { replaceChallenge } from "../account/challenges.ts";

export type RedeemOutcome =
  { readonly kind: "redeemed"; readonly completion: Completion } | { readonly kind: "not_found" };

/**
 * Tells a host once, within a minute, that its challenge was completed. Used, late and invented grants get the same
 * outcome, and so does a grant of a sign-in that has ended since. The caller that redeemed the grant may ask again, in
 * case the answer was lost.
 *
 * @param grant `by`: hash of the caller and of its Idempotency-Key; empty if the caller gave no key.
 */
export function redeemGrant(
  account: Account,
  grant: { readonly challengeId: ChallengeId; readonly hash: string; readonly by: string },
  context: Context,
): Decision<RedeemOutcome> {
  const challenge = account.challenges.find((one) => one.id === grant.challengeId);
  const completion = challenge?.completion;
  const isGood =
    completion?.grantHash !== undefined &&
    completion.grantHash !== null &&
    completion.epoch === account.epoch &&
    equalHashes(completion.grantHash, grant.hash) &&
    mayRepeat(completion.at, context);
  if (!challenge || !isGood) return { account, outcome: { kind: "not_found" } };
  if (completion.redeemedBy !== null) {
    const isRepeat = grant.by !== "" && completion.redeemedBy === grant.by;
    return {
      account,
      outcome: isRepeat ? { kind: "redeemed", completion } : { kind: "not_found" },
    };
  }
  const redeemed = { ...challenge, completion: { ...completion, redeemedBy: grant.by } };
  return {
    account: replaceChallenge(account, redeemed),
    outcome: { kind: "redeemed", completion },
  };
}
