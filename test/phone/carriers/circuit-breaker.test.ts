import fc from "fast-check";
import { expect, test } from "vitest";
import {
  admit,
  afterFailure,
  closedBreaker,
  type Breaker,
} from "../../../lib/phone/carriers/circuit-breaker.ts";

const now = 1_700_000_000_000;
const failed = (times: number, at = now): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((b) => afterFailure(b, at), closedBreaker);

test("a carrier that failed five times in a row is skipped for thirty seconds", () => {
  expect(admit(failed(4), now)).toBeDefined();
  expect(admit(failed(5), now)).toBeUndefined();
  expect(admit(failed(5), now + 29_999)).toBeUndefined();
  expect(admit(failed(5), now + 30_000)).toBeDefined();
});

test("after the pause there is one trial, until its outcome is known", () => {
  const trial = admit(failed(5), now + 30_000);
  if (!trial) throw new Error("No trial.");
  expect(admit(trial, now + 30_000)).toBeUndefined();
  expect(admit(trial, now + 59_999)).toBeUndefined();
  expect(admit(trial, now + 60_000)).toBeDefined();
});

test("a failed trial is followed by another pause at once", () => {
  const trial = admit(failed(5), now + 40_000);
  if (!trial) throw new Error("No trial.");
  const again = afterFailure(trial, now + 43_000);
  expect(admit(again, now + 72_999)).toBeUndefined();
  expect(admit(again, now + 73_000)).toBeDefined();
});

test("a success in between starts the count anew", () => {
  expect(admit(afterFailure(closedBreaker, now), now)).toEqual({ failures: 1, openUntil: 0 });
});

test("the state stays small, and survives being stored", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), (gaps) => {
      let [breaker, at] = [closedBreaker, now];
      for (const gap of gaps) {
        at += gap;
        const admitted = admit(breaker, at);
        breaker = admitted ? afterFailure(admitted, at) : breaker;
        expect(JSON.parse(JSON.stringify(breaker))).toEqual(breaker);
        expect(breaker.failures).toBeLessThanOrEqual(5);
        expect(breaker.openUntil).toBeLessThanOrEqual(at + 30_000);
      }
    }),
  );
});
