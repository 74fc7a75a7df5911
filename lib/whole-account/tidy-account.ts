import { closeChallenges } from "../challenge/close-challenges.ts";
import type { Account, Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { timeStepAt } from "../totp/totp-code.ts";
import { closedAs, showsButtons, type Challenge } from "../account/challenge.ts";

/** What is over is kept so long, for browsers that ask what became of it; one that was completed, for repeats alone. */
const keptMilliseconds = 600_000;

/**
 * What is saved in place of what a decision made: second steps that came to their end are closed and told, and what was
 * over ten minutes ago is forgotten. Part of every save, so that an account stays as small as it is and holds nothing of
 * a person longer than it has to.
 */
export const tidyAccount = (account: Account, context: Context): Account =>
  forgetWhatIsOver(closeChallenges(account, context), context);

const forgetWhatIsOver = (account: Account, context: Context): Account => {
  const { now, limits } = context;
  const past = (end: Instant) => now >= end + keptMilliseconds;
  const { totpEnrolment, phoneEnrolment, telegram, challengesOpenedAt: opened } = account;
  const { link, prompting } = telegram;
  const ofLastHour = (times: readonly Instant[]) => times.filter((at) => at > now - 3_600_000);
  const oldestStep = timeStepAt(now) - limits.totp.driftHintSteps;
  return {
    ...account,
    challenges: account.challenges
      .filter(
        (one) =>
          showsButtons(one, now) ||
          (one.completion
            ? mayRepeat(one.completion.at, context)
            : !past(endOf(one, account, now))),
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
    totpEnrolment: totpEnrolment && past(totpEnrolment.expiresAt) ? null : totpEnrolment,
    phoneEnrolment: phoneEnrolment && past(phoneEnrolment.expiresAt) ? null : phoneEnrolment,
    telegram: {
      ...telegram,
      link: link && past(link.linkedAt ?? link.expiresAt) ? null : link,
      prompting: { ...prompting, promptedAt: ofLastHour(prompting.promptedAt) },
    },
    authenticators: account.authenticators.map((one) => ({
      ...one,
      spentSteps: one.spentSteps.filter((step) => step >= oldestStep),
    })),
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
