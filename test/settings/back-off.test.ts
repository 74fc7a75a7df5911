import { describe, expect, test } from "vitest";
import { backOffSeconds, triesWithin } from "../../lib/settings/back-off.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";

test("a job that failed is tried again within seconds, then more and more slowly", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 100, 5000].map(backOffSeconds);
  expect(delays).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60]);
});

test.each([0, -1, NaN])("a count that the queue cannot mean (%d) makes no hot loop", (tries) => {
  expect(backOffSeconds(tries)).toBe(2);
});

describe("the queue gives a job up", () => {
  test.each([1, 2, 60, 300, defaultLimits.challenge.lifeSeconds])(
    "once its tries have lasted %d seconds, and no earlier",
    (life) => {
      const tries = triesWithin(life);
      const lasted = (count: number) =>
        Array.from({ length: count - 1 }, (_, n) => backOffSeconds(n + 1)).reduce(
          (sum, delay) => sum + delay,
          0,
        );
      expect(lasted(tries)).toBeGreaterThanOrEqual(life);
      expect(lasted(tries - 1)).toBeLessThan(life);
    },
  );
});
