import type { Instant } from "../account/ids.ts";

/** A count of the last span of time. */
export type Count = {
  readonly count: number;
  /** When one more would be within the limit, if nobody else adds any. */
  readonly freeAt: (limit: number) => Instant;
};

/**
 * Counts of a span of time, for what many may touch at once (an address behind which a thousand people sit): an
 * atomic add, never a compare-and-set.
 */
export type Counter = {
  /**
   * Adds `amount` (1) and returns the count of the last `windowSeconds`, see `slidingCount`. To take something back,
   * add the negative amount at the time that it was counted at.
   */
  add(key: string, now: Instant, windowSeconds: number, amount?: number): Promise<Count>;
};

/**
 * Adds under each key, and answers with the highest count: while keys are rotated, what was counted under the old key
 * stays counted.
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

/** Counts by part, 0 … `parts` − 1, of one window. */
export type Parts = ReadonlyMap<number, number>;

/** Which window a moment is in, counted from 1970, and which part of it. */
export const placeOf = (now: Instant, windowSeconds: number) => {
  const length = windowSeconds * 1000;
  const window = Math.floor(now / length);
  return { window, part: Math.floor(((now - window * length) * parts) / length) };
};

/**
 * What was counted within the last window, by the counts of the running one and the one before it. The part of it
 * that is only half over counts in full: no span of that length, wherever it begins, ever has more than the limit, and
 * what is spent is free again a twenty-fourth of the window later than it might be.
 */
export const slidingCount = (
  running: Parts,
  before: Parts,
  now: Instant,
  windowSeconds: number,
): Count => {
  const length = windowSeconds * 1000;
  const { window, part } = placeOf(now, windowSeconds);
  /** When a part no longer counts: at the end of the part that follows it by a window. */
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
