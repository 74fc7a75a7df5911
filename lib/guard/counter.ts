import type { Instant } from "../account/ids.ts";

/**
 * Counts of one window of time, for what many may touch at once (an address behind which a thousand people sit): an
 * atomic add, never a compare-and-set.
 */
export type Counter = {
  /** Adds `amount` (1) and returns the new count of the window that `now` falls in, and when that window ends. */
  add(
    key: string,
    now: Instant,
    windowSeconds: number,
    amount?: number,
  ): Promise<{ count: number; endsAt: Instant }>;
};
