import { expect, onTestFinished, test } from "vitest";
import { createTimers } from "../../../../local/aws/clock/timers.ts";

/** A clock that stands still unless it is moved. */
function aClock() {
  let now = 1000;
  const dues: (() => Promise<void>)[] = [];
  const timers = createTimers({ now: () => now, onAdvance: (due) => void dues.push(due) });
  onTestFinished(timers.stop);
  return {
    timers,
    move: async (milliseconds: number) => {
      now += milliseconds;
      for (const due of dues) await due();
    },
  };
}

test("what is due runs in the order of its time before the move ends, the rest does not", async () => {
  const { timers, move } = aClock();
  const ran: string[] = [];
  const note = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    ran.push(name);
  };
  timers.at(1_000_000, note("second"));
  timers.at(500_000, note("first"));
  timers.at(9_000_000, note("never"));
  timers.at(400_000, note("called off"))();
  await move(999_000);
  expect(ran).toEqual(["first", "second"]);
  await move(1);
  expect(ran).toEqual(["first", "second"]);
});

test("a move does not wait for ever for what became due", async () => {
  const { timers, move } = aClock();
  timers.at(2_000_000, () => new Promise(() => undefined));
  const began = performance.now();
  await move(2_000_000);
  expect(performance.now() - began).toBeLessThan(5000);
});

test("what is due already runs without a move", async () => {
  const { timers } = aClock();
  await new Promise<void>((resolve) => void timers.at(500, () => resolve()));
});
