import type { Account, Context } from "../account/account.ts";
import type { Challenge, ChallengeStatus, Closed } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";
import { showFactors } from "./factors.ts";

/**
 * A challenge as its browser sees it. A method that cannot be used now is absent, and of one that is over nothing of the
 * account is shown.
 *
 * Attack considered: an old challenge cookie. It stays good for reading after its ten minutes, and whoever has it proved
 * a password that may have been changed since: they see how that sign-in ended, and nothing of the present.
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

/** As completing says it; one that has been completed was approved. */
const statusOf = (closed: Closed): ChallengeStatus =>
  closed === "completed" ? "approved" : closed;
