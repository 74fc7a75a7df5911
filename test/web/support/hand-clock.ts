import type { Surroundings } from "../../../web/client/watch-challenge.ts";

export type HandClock = Surroundings & {
  readonly elapsed: () => number;
  /** Lets time pass, timer by timer, and lets what they set going settle. */
  readonly pass: (ms: number) => Promise<void>;
  readonly hide: () => void;
  /** Shows the page again, or brings it online. */
  readonly comeBack: () => void;
};

/** A page whose time passes when the test says so. */
export function handClock(): HandClock {
  let at = 0;
  let shown = true;
  let ids = 0;
  const timers = new Map<number, { readonly due: number; readonly callback: () => void }>();
  const listeners = new Set<() => void>();
  const due = (until: number) =>
    [...timers].filter(([, timer]) => timer.due <= until).sort(([, a], [, b]) => a.due - b.due)[0];
  return {
    elapsed: () => at,
    visible: () => shown,
    onReturn: (back) => {
      listeners.add(back);
      return () => listeners.delete(back);
    },
    setTimer: (callback, ms) => {
      timers.set((ids += 1), { due: at + ms, callback });
      return ids;
    },
    clearTimer: (timer) => {
      if (typeof timer === "number") timers.delete(timer);
    },
    pass: async (ms) => {
      const until = at + ms;
      await settled();
      for (let next = due(until); next; next = due(until)) {
        const [id, timer] = next;
        timers.delete(id);
        at = timer.due;
        timer.callback();
        await settled();
      }
      at = until;
    },
    hide: () => {
      shown = false;
    },
    comeBack: () => {
      shown = true;
      for (const back of listeners) back();
    },
  };
}

/** Everything that is only waiting for promises has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
