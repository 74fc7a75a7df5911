import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { replaceChallenge, type Completion } from "./challenge.ts";

export type RedeemOutcome =
  { readonly kind: "redeemed"; readonly completion: Completion } | { readonly kind: "not_found" };

/**
 * Tells a host once, within a minute, that its challenge was completed. Used, late and made-up grants look alike,
 * and so do those of a sign-in that has been ended since.
 */
export function redeemGrant(
  account: Account,
  grant: { readonly challengeId: ChallengeId; readonly hash: string },
  { now, limits }: Context,
): Decision<RedeemOutcome> {
  const challenge = account.challenges.find((one) => one.id === grant.challengeId);
  const completion = challenge?.completion;
  if (
    !challenge ||
    !completion?.grantHash ||
    completion.epoch !== account.epoch ||
    !equalHashes(completion.grantHash, grant.hash) ||
    now >= completion.at + limits.challenge.repeatSeconds * 1000
  ) {
    return { account, outcome: { kind: "not_found" } };
  }
  return {
    account: replaceChallenge(account, {
      ...challenge,
      completion: { ...completion, grantHash: null },
    }),
    outcome: { kind: "redeemed", completion },
  };
}
