import { placeOf, slidingCount, type Counter } from "../../lib/guard/counter.ts";

/** A counter in memory; see `Counter`. `counts` holds the sum of all parts by key and window. */
export const memoryCounter = (): Counter & { readonly counts: ReadonlyMap<string, number> } => {
  const counts = new Map<string, number>();
  const windows = new Map<string, Map<number, number>>();
  return {
    counts,
    async add(key, now, windowSeconds, amount = 1) {
      await Promise.resolve();
      const { window, part } = placeOf(now, windowSeconds);
      const nameOf = (one: number) => `${key} ${one}`;
      const running = windows.get(nameOf(window)) ?? new Map<number, number>();
      running.set(part, (running.get(part) ?? 0) + amount);
      windows.set(nameOf(window), running);
      counts.set(nameOf(window), (counts.get(nameOf(window)) ?? 0) + amount);
      const before = windows.get(nameOf(window - 1)) ?? new Map<number, number>();
      return slidingCount(running, before, now, windowSeconds);
    },
  };
};
