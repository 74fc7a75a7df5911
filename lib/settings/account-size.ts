import type { Limits } from "./limits.ts";

/** The largest account that limits may allow: a quarter of the largest DynamoDB item. */
export const largestAccountBytes = 100_000;

/**
 * An upper bound of an account's size with these limits, in bytes of its item. Each number is the size of one record's
 * JSON, with every text at its longest and in the alphabet that takes the most bytes.
 */
export const accountBytesAtMost = (limits: Limits): number => {
  const { challenge, telegram, totp, phones, fallback, sends, guesses, recoveryCodes } = limits;
  // Each of the three kinds has `open` pending and `open` over; another `open` wait for the edit of their messages.
  const [pending, over, ofHost] = [3 * challenge.open, 4 * challenge.open, 3 * challenge.open];
  const challenges = pending + over;
  // A fallback has at least one send, and a budget limits the sends of half an hour. The enrolment has one more.
  const fallbacksOfSends = Math.min(challenges, sends.calls + sends.sms);
  const times =
    challenge.perHour +
    challenge.reauthenticationsPerHour +
    challenge.hostPerHour +
    telegram.promptsPerHour +
    guesses.suspect +
    guesses.recovery +
    fallback.wrongCallCodes +
    limits.session.live;
  return (
    3_800 +
    challenges * (580 + telegram.accounts * 198) +
    // The completion of a challenge; and what only a host's challenge has: a handoff, and a device in another alphabet.
    over * 340 +
    ofHost * 360 +
    // The URL of the host's page to which the browser returns.
    2 * challenge.open * 2_020 +
    fallbacksOfSends * 1_560 +
    (1_500 + 310 * (fallback.calls + fallback.sms)) +
    totp.authenticators * (280 + 9 * (totp.driftHintSteps + 8)) +
    telegram.accounts * 540 +
    phones.numbers * 160 +
    recoveryCodes.count * 46 +
    limits.activityEntries * 2 * 390 +
    times * 14
  );
};
