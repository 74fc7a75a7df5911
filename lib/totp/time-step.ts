import type { Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";

/** Seconds of a time step [RFC 6238 §4.1]. */
export const stepSeconds = 30;

export const timeStepAt = (now: Instant): number => Math.floor(now / 1000 / stepSeconds);

/** How many seconds a clock that is in this step now is ahead of ours; negative if it is behind. A multiple of 30. */
export const offsetOf = (step: number, now: Instant): number =>
  (step - timeStepAt(now)) * stepSeconds;

/** How many steps before and after the present one are accepted [RFC 6238 §5.2]. */
export const acceptedSteps = 1;

/** The latest step that can have been accepted by now: that of a clock which is as far ahead as we accept. */
export const latestUsableStep = (now: Instant): number => timeStepAt(now) + acceptedSteps;

/** The oldest step whose code can still get a drift hint. Older spent steps need not be remembered. */
export const oldestExplainedStep = ({ now, limits }: Context): number =>
  timeStepAt(now) - limits.totp.driftHintSteps;
