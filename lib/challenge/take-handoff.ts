import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { closedAs, replaceChallenge, type Challenge, type Closed } from "./challenge.ts";

export type TakeOutcome =
  | { readonly kind: "taken"; readonly challenge: Challenge }
  | { readonly kind: "closed"; readonly as: Closed }
  | { readonly kind: "no_challenge" };

/**
 * Binds a challenge that a host opened to the first browser that comes with its URL. The URL may be seen by others
 * afterwards (history, a chat, a proxy): it opens nothing twice.
 */
export function takeHandoff(
  account: Account,
  taken: {
    readonly challengeId: ChallengeId;
    readonly tokenHash: string;
    /** Hash of the secret of the cookie that the browser gets. */
    readonly secretHash: string;
  },
  context: Context,
): Decision<TakeOutcome> {
  const challenge = account.challenges.find((one) => one.id === taken.challengeId);
  const expected = challenge?.handoff?.tokenHash;
  if (!challenge?.handoff || !expected || !equalHashes(expected, taken.tokenHash)) {
    return { account, outcome: { kind: "no_challenge" } };
  }
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  const bound = {
    ...challenge,
    secretHash: taken.secretHash,
    handoff: { ...challenge.handoff, tokenHash: null },
  };
  return {
    account: replaceChallenge(account, bound),
    outcome: { kind: "taken", challenge: bound },
  };
}
