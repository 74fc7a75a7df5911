import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import type { OtherSession } from "./replaced-session.ts";
import { closedAs, replaceChallenge, type Challenge, type Closed } from "./challenge.ts";

export type TakeOutcome =
  | { readonly kind: "taken"; readonly challenge: Challenge }
  | { readonly kind: "closed"; readonly as: Closed }
  /** Nothing is taken: the person has to be asked whether that session may be replaced. */
  | { readonly kind: "session_of_another"; readonly session: OtherSession }
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
    /** Who else is signed in in that browser; undefined: nobody. */
    readonly other?: OtherSession | undefined;
    /** They have been asked, and agree. */
    readonly replaceSession?: boolean;
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
  const { other } = taken;
  if (other && !taken.replaceSession) {
    return { account, outcome: { kind: "session_of_another", session: other } };
  }
  const bound = {
    ...challenge,
    secretHash: taken.secretHash,
    handoff: { ...challenge.handoff, tokenHash: null, ...(other && { replaces: other.id }) },
  };
  return {
    account: replaceChallenge(account, bound),
    outcome: { kind: "taken", challenge: bound },
  };
}
