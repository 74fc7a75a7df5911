import * as z from "zod/mini";
import { CLOCK } from "../data/data-directory.ts";
import type { DataDirectory } from "../data/data-directory.ts";

/** The stack's time: the real time plus an offset that only grows. */
export type Clock = {
  /** Milliseconds since 1970. */
  now: () => number;
  /** The offset in milliseconds, for threads that follow this clock. */
  offset: SharedArrayBuffer;
  /** Moves the clock, runs the work that is due, and resolves when that is done. */
  advance: (milliseconds: number) => Promise<void>;
  /** Registers work that each move waits for, so that work which began before a move does not end after it. */
  beforeAdvance: (settled: () => Promise<void>) => void;
  /** Registers work that runs after each move. */
  onAdvance: (due: () => Promise<void>) => void;
};

const Saved = z.object({ offsetMs: z.int().check(z.nonnegative()) });

/** Opens the clock where the last run left it. */
export async function openClock(data: DataDirectory): Promise<Clock> {
  const saved = (await data.read(CLOCK, Saved)) ?? { offsetMs: 0 };
  const offset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const shared = new BigInt64Array(offset);
  Atomics.store(shared, 0, BigInt(saved.offsetMs));
  const unsettled: (() => Promise<void>)[] = [];
  const dues: (() => Promise<void>)[] = [];

  const move = async (milliseconds: number): Promise<void> => {
    await Promise.all(unsettled.map((settled) => settled()));
    const moved = Atomics.load(shared, 0) + BigInt(milliseconds);
    // The file comes first: after a crash in between, the next run is ahead, never behind what somebody has seen.
    await data.write(CLOCK, { offsetMs: Number(moved) });
    Atomics.store(shared, 0, moved);
    for (const due of dues) await due();
  };

  let last: Promise<void> = Promise.resolve();
  return {
    now: () => Date.now() + Number(Atomics.load(shared, 0)),
    offset,
    advance: (milliseconds) => {
      const moving = last.then(() => move(milliseconds));
      last = moving.catch(() => undefined);
      return moving;
    },
    beforeAdvance: (settled) => void unsettled.push(settled),
    onAdvance: (due) => void dues.push(due),
  };
}
