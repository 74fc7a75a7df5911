import type { Instant } from "../account/ids.ts";

/** How much was counted within the last window. */
export type Count = {
  readonly count: number;
  /** When one more is within the limit, if nobody else adds in between. */
  readonly freeAt: (limit: number) => Instant;
};

/**
 * Counts within a window of time. Many requests may add at once (a thousand people may share one address), so it uses
 * an atomic add, never a compare-and-set.
 */
export type Counter = {
  /**
   * Adds `amount` (1 by default) and returns the count of the last `windowSeconds`, see `slidingCount`. To refund, add
   * the negative amount with the same `now`.
   */
  add(key: string, now: Instant, windowSeconds: number, amount?: number): Promise<Count>;
};

/**
 * Adds under each key and returns the highest count. So what was counted under the old key still counts during a
 * rotation.
 */
export const addUnderEach = async (
  counter: Counter,
  keys: readonly string[],
  ...[now, windowSeconds, amount]: [now: Instant, windowSeconds: number, amount?: number]
): Promise<Count> => {
  const counts = await Promise.all(keys.map((key) => counter.add(key, now, windowSeconds, amount)));
  return {
    count: Math.max(...counts.map(({ count }) => count)),
    freeAt: (limit) => Math.max(...counts.map(({ freeAt }) => freeAt(limit))),
  };
};

/** A window is counted in this many parts. */
export const parts = 24;

/** The counts of one window, by part: 0 … `parts` − 1. */
export type Parts = ReadonlyMap<number, number>;

/** The window that a time is in, counted from 1970, and the part of that window. */
export const placeOf = (now: Instant, windowSeconds: number) => {
  const length = windowSeconds * 1000;
  const window = Math.floor(now / length);
  return { window, part: Math.floor(((now - window * length) * parts) / length) };
};

/**
 * The count of the last `windowSeconds`, from the counts of the running window and of the one before it. A part that is
 * only partly within that time counts in full. So no span of that length, wherever it begins, has more than the limit;
 * in return, room becomes free up to a twenty-fourth of the window later than necessary.
 */
export const slidingCount = (
  running: Parts,
  before: Parts,
  now: Instant,
  windowSeconds: number,
): Count => {
  const length = windowSeconds * 1000;
  const { window, part } = placeOf(now, windowSeconds);
  /** When a part stops counting: at the end of the same part of the next window. */
  const leavesAt = (of: number, one: number) => (of + 1) * length + ((one + 1) * length) / parts;
  const counted = [
    ...[...before]
      .filter(([one]) => one >= part)
      .map(([one, count]) => ({ count, until: leavesAt(window - 1, one) })),
    ...[...running].map(([one, count]) => ({ count, until: leavesAt(window, one) })),
  ].sort((a, b) => a.until - b.until);
  const count = counted.reduce((sum, each) => sum + each.count, 0);
  return {
    count,
    freeAt: (limit) => {
      let left = count;
      if (left < limit) return now;
      for (const { count: leaving, until } of counted) {
        left -= leaving;
        if (left < limit) return Math.ceil(until);
      }
      return now + length;
    },
  };
};
