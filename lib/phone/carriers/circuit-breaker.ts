import type { Instant } from "../../account/ids.ts";

/** What is remembered of one carrier: plain JSON, which the caller may keep wherever it likes. */
export type Breaker = { readonly failures: number; readonly openUntil: Instant };

/** Breakers by carrier's name; a carrier without one has not failed. */
export type Breakers = Readonly<Record<string, Breaker>>;

export const closedBreaker: Breaker = { failures: 0, openUntil: 0 };

/** After so many failures in a row the carrier is skipped for a while. */
const tolerated = 5;
const skippedSeconds = 30;

/**
 * The breaker under which the carrier may be tried now, or undefined while it is skipped. After the pause it lets one
 * trial through: the breaker that it returns skips the carrier for as long again, until the trial's outcome is known.
 */
export const admit = (breaker: Breaker, now: Instant): Breaker | undefined => {
  if (breaker.failures < tolerated) return breaker;
  return breaker.openUntil > now ? undefined : skipped(breaker.failures, now);
};

export const afterFailure = ({ failures, openUntil }: Breaker, now: Instant): Breaker =>
  failures + 1 < tolerated ? { failures: failures + 1, openUntil } : skipped(failures + 1, now);

const skipped = (failures: number, now: Instant): Breaker => ({
  // A count above the limit tells nothing more. It is bounded, so that a state that is stored for years does not grow.
  failures: Math.min(failures, tolerated),
  openUntil: now + skippedSeconds * 1000,
});
