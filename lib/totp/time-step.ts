import type { Instant } from "../account/ids.ts";

/** Seconds of a time step [RFC 6238 §4.1]. */
export const stepSeconds = 30;

export const timeStepAt = (now: Instant): number => Math.floor(now / 1000 / stepSeconds);

/** How many seconds ahead of us the clock is that is in this step now; negative: behind. A multiple of 30. */
export const offsetOf = (step: number, now: Instant): number =>
  (step - timeStepAt(now)) * stepSeconds;

/** Steps before and after the present one that are accepted [RFC 6238 §5.2]. */
export const acceptedSteps = 1;

/** The latest step whose code can have been accepted by now: of a phone whose clock is as far ahead as is accepted. */
export const latestUsableStep = (now: Instant): number => timeStepAt(now) + acceptedSteps;
