import { slidingCount, type Counter } from "../../lib/guard/counter.ts";

/** Counts in memory, see `Counter`; `counts` by key and window. */
export const memoryCounter = (): Counter & { readonly counts: ReadonlyMap<string, number> } => {
  const counts = new Map<string, number>();
  return {
    counts,
    async add(key, now, windowSeconds, amount = 1) {
      await Promise.resolve();
      const window = Math.floor(now / 1000 / windowSeconds);
      const nameOf = (one: number) => `${key} ${one}`;
      const running = (counts.get(nameOf(window)) ?? 0) + amount;
      counts.set(nameOf(window), running);
      return slidingCount(running, counts.get(nameOf(window - 1)) ?? 0, now, windowSeconds);
    },
  };
};
