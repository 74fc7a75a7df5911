import type { Limits } from "./limits.ts";

/** The largest account that limits may allow: a quarter of what a DynamoDB item can be. */
export const largestAccountBytes = 100_000;

/**
 * How large an account can become with these limits, in bytes of its item; an upper bound. Each number is the JSON of one
 * record with every text at its longest, in the alphabet that takes most bytes.
 */
export const accountBytesAtMost = (limits: Limits): number => {
  const { challenge, telegram, totp, phones, fallback, sends, guesses, recoveryCodes } = limits;
  // Of each kind as many pending and as many over, and as many again whose messages are not edited yet.
  const [pending, over, ofHost] = [3 * challenge.open, 4 * challenge.open, 3 * challenge.open];
  const challenges = pending + over;
  // A fallback has a send at least, and sends have a budget of half an hour; one more is the enrolment's.
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
    // What was completed, and what only a host's has: its hand-off, and a device in another alphabet.
    over * 340 +
    ofHost * 360 +
    // The host's page to go back to.
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
