import type { Clock } from "./clock.ts";

/** Runs work at times of the stack's clock. */
export type Timers = {
  /** Runs `due` when the clock says `time` (milliseconds since 1970), or soon if it is past. Returns how to cancel. */
  at: (time: number, due: () => unknown) => () => void;
  stop: () => void;
};

/** The longest that setTimeout can wait is 24 days. */
const LONGEST_SLEEP_MS = 24 * 3600 * 1000;
/** A move of the clock waits this long for the work that became due. It does not wait longer for work that hangs. */
const PATIENCE_MS = 2000;

/** Makes timers that follow the clock. A move of the clock ends after the work that is due has run, or has begun. */
export function createTimers(clock: Pick<Clock, "now" | "onAdvance">): Timers {
  type Timer = { time: number; due: () => unknown };
  const waiting = new Set<Timer>();
  let alarm: NodeJS.Timeout | undefined;

  const arm = (): void => {
    clearTimeout(alarm);
    const next = [...waiting].reduce((least, { time }) => Math.min(least, time), Infinity);
    if (next === Infinity) return;
    const sleep = Math.min(Math.max(next - clock.now(), 0), LONGEST_SLEEP_MS);
    alarm = setTimeout(() => void fire(), sleep);
    alarm.unref();
  };
  const fire = async (): Promise<void> => {
    const now = clock.now();
    const due = [...waiting].filter(({ time }) => time <= now).sort((a, b) => a.time - b.time);
    for (const timer of due) waiting.delete(timer);
    arm();
    await Promise.allSettled(due.map((timer) => Promise.resolve().then(timer.due)));
  };
  clock.onAdvance(() => Promise.race([fire(), patience()]));

  return {
    at: (time, due) => {
      const timer = { time, due };
      waiting.add(timer);
      arm();
      return () => {
        if (waiting.delete(timer)) arm();
      };
    },
    stop: () => {
      clearTimeout(alarm);
      waiting.clear();
    },
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS).unref();
  });
}
