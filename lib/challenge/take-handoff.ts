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
  /** Nothing is taken: the page must ask the person whether it may replace that session. */
  | { readonly kind: "session_of_another"; readonly session: OtherSession }
  | { readonly kind: "no_challenge" };

/**
 * Binds a challenge that a host opened to the first browser that comes with its URL. Others may see the URL afterwards
 * (history, a chat, a proxy), so it does not work a second time.
 *
 * A browser that did not get the answer may come again for a minute. The service makes the cookie from the token and
 * the Idempotency-Key, so a browser that sends both gets the same cookie. A stranger who has only the URL lacks the
 * key.
 */
export function takeHandoff(
  account: Account,
  taken: {
    readonly challengeId: ChallengeId;
    readonly tokenHash: string;
    /** Hash of the secret of the cookie that the browser gets. */
    readonly secretHash: string;
    readonly repeatKeyHash: string | null;
    /** The session of another account in that browser; undefined: there is none. */
    readonly other?: OtherSession | undefined;
    /** The page asked the person, and they agreed. */
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
