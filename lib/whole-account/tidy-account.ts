import { closeChallenges } from "../challenge/close-challenges.ts";
import type { Account, Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { isPast } from "../account/factor.ts";
import { foldFactors } from "./factors.ts";
import { showsButtons, type Challenge } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";

/**
 * Tidies the account that a decision made, before it is saved: it ends second steps whose time is over, notes their
 * end, and forgets what was over ten minutes ago. Every save does this, so that an account stays small and keeps
 * personal data no longer than necessary.
 */
export const tidyAccount = (account: Account, context: Context): Account =>
  forgetWhatIsOver(closeChallenges(account, context), context);

const forgetWhatIsOver = (account: Account, context: Context): Account => {
  const { now, limits } = context;
  const { challengesOpenedAt: opened } = account;
  const ofLastHour = (times: readonly Instant[]) => times.filter((at) => at > now - 3_600_000);
  return {
    ...foldFactors(account, (factor, one) => factor.forget(one, context)),
    challenges: account.challenges
      // A completed challenge is kept only for repeats of the request.
      .filter(
        (one) =>
          showsButtons(one, now) ||
          (one.completion
            ? mayRepeat(one.completion.at, context)
            : !isPast(endOf(one, account, now), context)),
      )
      .map((one) => (mayRepeat(endOf(one, account, now), context) ? one : withoutItsWay(one))),
    challengesOpenedAt: {
      ...opened,
      sign_in: ofLastHour(opened.sign_in),
      reauthentication: ofLastHour(opened.reauthentication),
      host: ofLastHour(opened.host),
    },
    sessionsBegunAt: account.sessionsBegunAt.filter(
      (at) => now < at + limits.session.absoluteSeconds * 1000,
    ),
    // A ticket that was taken is kept for repeats of the request.
    sessionTickets: account.sessionTickets.filter(({ taken, expiresAt }) =>
      taken ? mayRepeat(taken.at, context) : now < expiresAt,
    ),
    done: account.done.filter(({ at }) => mayRepeat(at, context)),
  };
};

/** The challenge without what only a live one needs: no send follows, and no request can repeat its end. */
const withoutItsWay = (challenge: Challenge): Challenge => ({
  ...challenge,
  fallback: null,
  handoff: challenge.handoff && { ...challenge.handoff, returnTo: null },
});

/** When a second step ended; `Infinity` if it has not. */
const endOf = (challenge: Challenge, account: Account, now: Instant): Instant => {
  const { completion, endedAt, expiresAt } = challenge;
  if (completion) return completion.at;
  switch (closedAs(account, challenge, now)) {
    case undefined:
      return Infinity;
    case "expired":
      return expiresAt;
    case "completed":
    case "denied":
    case "locked":
    case "cancelled":
      return endedAt ?? now;
  }
};
