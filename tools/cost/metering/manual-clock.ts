export type ManualClock = {
  readonly now: () => number;
  /** Runs `due` when the clock reaches or passes that time. Returns a function that cancels it. */
  readonly at: (time: number, due: () => unknown) => () => void;
  /** Moves the clock and stops at each timer that is due. `settled` waits for the work that a timer starts. */
  readonly advance: (seconds: number, settled: () => Promise<void>) => Promise<void>;
};

/** A clock that stands still until `advance` moves it, with its timers. */
export const manualClock = (start: number): ManualClock => {
  type Timer = { readonly time: number; readonly due: () => unknown };
  const waiting = new Set<Timer>();
  let now = start;
  return {
    now: () => now,
    at(time, due) {
      const timer = { time, due };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    async advance(seconds, settled) {
      const until = now + seconds * 1000;
      await settled();
      for (;;) {
        const [next] = [...waiting].sort((a, b) => a.time - b.time);
        if (!next || next.time > until) break;
        waiting.delete(next);
        now = Math.max(now, next.time);
        await next.due();
        await settled();
      }
      now = until;
      await settled();
    },
  };
};
