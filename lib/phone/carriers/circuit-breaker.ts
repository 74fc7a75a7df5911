import type { Instant } from "../../account/ids.ts";

/** What is remembered of one carrier: plain JSON, for the caller to keep wherever it likes. */
export type Breaker = { readonly failures: number; readonly openUntil: Instant };

/** Breakers by carrier's name; a carrier without one has not failed. */
export type Breakers = Readonly<Record<string, Breaker>>;

export const closedBreaker: Breaker = { failures: 0, openUntil: 0 };

/** So many failures in a row, and the carrier is skipped for a while. */
const tolerated = 5;
const skippedSeconds = 30;

/**
 * The breaker under which the carrier may be asked now, or undefined while it is skipped. After the pause one trial is
 * let through: the breaker that comes back skips the carrier for as long again, until the trial's outcome is known.
 */
export const admit = (breaker: Breaker, now: Instant): Breaker | undefined => {
  if (breaker.failures < tolerated) return breaker;
  return breaker.openUntil > now ? undefined : skipped(breaker.failures, now);
};

export const afterFailure = ({ failures, openUntil }: Breaker, now: Instant): Breaker =>
  failures + 1 < tolerated ? { failures: failures + 1, openUntil } : skipped(failures + 1, now);

const skipped = (failures: number, now: Instant): Breaker => ({
  // The count tells no more once it is over: bounded, a state that is stored for years stays what it is.
  failures: Math.min(failures, tolerated),
  openUntil: now + skippedSeconds * 1000,
});
