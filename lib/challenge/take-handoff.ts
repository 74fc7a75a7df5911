import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import type { Challenge, Closed, Taken } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";
import type { OtherSession } from "./replaced-session.ts";

export type TakeOutcome =
  | { readonly kind: "taken"; readonly challenge: Challenge }
  | { readonly kind: "closed"; readonly as: Closed }
  /** Nothing is taken: the person has to be asked whether that session may be replaced. */
  | { readonly kind: "session_of_another"; readonly session: OtherSession }
  | { readonly kind: "no_challenge" };

/**
 * Binds a challenge that a host opened to the first browser that comes with its URL. The URL may be seen by others
 * afterwards (history, a chat, a proxy): it opens nothing twice.
 *
 * The browser whose answer was lost may come again for a minute. Its cookie is made of the token and of its
 * Idempotency-Key, so it comes with both and gets the same cookie; whoever has only the URL does not have the key.
 */
export function takeHandoff(
  account: Account,
  taken: {
    readonly challengeId: ChallengeId;
    readonly tokenHash: string;
    /** Hash of the secret of the cookie that the browser gets. */
    readonly secretHash: string;
    readonly repeatKeyHash: string | null;
    /** Who else is signed in in that browser; undefined: nobody. */
    readonly other?: OtherSession | undefined;
    /** They have been asked, and agree. */
    readonly replaceSession?: boolean;
  },
  context: Context,
): Decision<TakeOutcome> {
  const challenge = account.challenges.find((one) => one.id === taken.challengeId);
  const handoff = challenge?.handoff;
  if (!handoff || !equalHashes(handoff.tokenHash, taken.tokenHash)) {
    return { account, outcome: { kind: "no_challenge" } };
  }
  const repeats = handoff.taken && isRepeat(handoff.taken, taken.repeatKeyHash, context);
  if (repeats === false) return { account, outcome: { kind: "no_challenge" } };
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  const { other, repeatKeyHash, secretHash } = taken;
  if (other && !taken.replaceSession) {
    return { account, outcome: { kind: "session_of_another", session: other } };
  }
  if (repeats && challenge.secretHash === secretHash) {
    return { account, outcome: { kind: "taken", challenge } };
  }
  const bound = {
    ...challenge,
    secretHash,
    handoff: {
      ...handoff,
      taken: { at: context.now, repeatKeyHash },
      ...(other && { replaces: other.id }),
    },
  };
  return {
    account: replaceChallenge(account, bound),
    outcome: { kind: "taken", challenge: bound },
  };
}

const isRepeat = ({ at, repeatKeyHash }: Taken, given: string | null, context: Context): boolean =>
  given !== null && repeatKeyHash === given && mayRepeat(at, context);
