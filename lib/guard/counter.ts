import type { Instant } from "../account/ids.ts";

/** A count of the last span of time. */
export type Count = {
  readonly count: number;
  /** When one more would be within the limit again, if nobody else adds any. */
  readonly freeAt: (limit: number) => Instant;
};

/**
 * Counts of a span of time, for what many may touch at once (an address behind which a thousand people sit): an
 * atomic add, never a compare-and-set.
 */
export type Counter = {
  /**
   * Adds `amount` (1) and returns the count of the last `windowSeconds`. The count slides: the window before counts by
   * the share of it that is not over yet, so the edge between two is no gap.
   */
  add(key: string, now: Instant, windowSeconds: number, amount?: number): Promise<Count>;
};

/** The sliding count of a running window and the one before it. */
export const slidingCount = (
  running: number,
  before: number,
  now: Instant,
  windowSeconds: number,
): Count => {
  const length = windowSeconds * 1000;
  const endsAt = (Math.floor(now / length) + 1) * length;
  return {
    count: running + (before * (endsAt - now)) / length,
    freeAt: (limit) => {
      const room = limit - 1;
      if (running <= room) {
        // What is left of the window before must shrink to the room beside the running one.
        return before === 0 ? now : Math.max(now, endsAt - (length * (room - running)) / before);
      }
      return room <= 0 ? endsAt + length : Math.ceil(endsAt + length * (1 - room / running));
    },
  };
};
