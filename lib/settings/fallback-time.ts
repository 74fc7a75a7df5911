import type { Limits } from "./limits.ts";

/**
 * The state machine of the fallback ends after ten minutes, as a challenge does. The rest is for starts and retries of
 * its functions.
 */
const longestFallbackSeconds = 570;

/**
 * Holds limits against the time that a fallback has, when the template is made; functions need not repeat it. Throws for
 * gaps between attempts that would outlast the challenge: the state machine would run out of time, and the
 * last attempts would never be made. Throws also where the next attempt comes by itself before the person may ask for
 * it.
 */
export const checkFallbackTime = ({ fallback }: Limits): void => {
  const { calls, callGapSeconds, callAgainSeconds } = fallback;
  const { sms, smsGapSeconds, smsAgainSeconds } = fallback;
  const seconds = calls * callGapSeconds + sms * smsGapSeconds;
  if (seconds > longestFallbackSeconds) {
    throw new Error(
      `With these limits all calls and SMS take ${seconds} s, more than ${longestFallbackSeconds}: lower fallback.callGapSeconds, fallback.smsGapSeconds or the number of attempts.`,
    );
  }
  if (callAgainSeconds > callGapSeconds || smsAgainSeconds > smsGapSeconds) {
    throw new Error(
      "The limits fallback.callAgainSeconds and fallback.smsAgainSeconds must not be longer than the gaps, callGapSeconds and smsGapSeconds.",
    );
  }
};
