import { closeChallenges } from "../challenge/close-challenges.ts";
import type { Account, Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { isPast } from "../account/factor.ts";
import { foldFactors } from "./factors.ts";
import { showsButtons, type Challenge } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";

/**
 * What is saved in place of what a decision made: second steps that came to their end are closed and told, and what was
 * over ten minutes ago is forgotten. Part of every save, so that an account stays as small as it is and holds nothing of
 * a person longer than it has to.
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
      // A challenge that was completed is kept for repeats of the request alone.
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
    done: account.done.filter(({ at }) => mayRepeat(at, context)),
  };
};

/** Nothing is sent or handed back for it any more, and nobody can ask for its end again. */
const withoutItsWay = (challenge: Challenge): Challenge => ({
  ...challenge,
  fallback: null,
  handoff: challenge.handoff && { ...challenge.handoff, returnTo: null },
});

/** When a second step ended; far away where it has not. */
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
