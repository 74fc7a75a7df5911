import type { Account, Context } from "../account/account.ts";
import type { Challenge, ChallengeStatus, Closed } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";
import { showFactors } from "./factors.ts";

/**
 * A challenge as its browser sees it. It leaves out methods that cannot be used now. For a challenge that is over, it
 * shows nothing of the account.
 *
 * Attack considered: an old challenge cookie. It can still read the challenge after its ten minutes, and its holder
 * proved a password that may have changed since. They see how that sign-in ended, and nothing of the account's present.
 */
export const challengeView = (account: Account, challenge: Challenge, context: Context) => {
  const closed = closedAs(account, challenge, context.now);
  return {
    id: challenge.id,
    purpose: challenge.purpose,
    status: closed ? statusOf(closed) : challenge.status,
    expiresAt: new Date(challenge.expiresAt).toISOString(),
    attemptsLeft: Math.max(0, context.limits.challenge.guesses - challenge.wrongGuesses),
    ...(!closed && { account: { email: account.email } }),
    ...(!closed && challenge.handoff?.returnTo && { returnTo: challenge.handoff.returnTo }),
    methods: closed ? {} : showFactors("offer", account, challenge, context),
  };
};

/** The status in the view. A completed challenge shows as approved. */
const statusOf = (closed: Closed): ChallengeStatus =>
  closed === "completed" ? "approved" : closed;
