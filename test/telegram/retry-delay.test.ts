import { expect, test } from "vitest";
import { retryDelaySeconds } from "../../lib/telegram/retry-delay.ts";

const receives = [1, 2, 3, 4, 5, 6, 7, 100, 5000];

test.each(["prompt", "close", undefined] as const)(
  "a failed %s is tried again within seconds, for somebody looks at the page",
  (kind) => {
    expect(receives.slice(0, 3).map((count) => retryDelaySeconds(kind, count))).toEqual([2, 4, 8]);
  },
);

test("a failed notice stays away for longer than its claim, which is a minute", () => {
  for (const count of receives) expect(retryDelaySeconds("notify", count)).toBeGreaterThan(60);
});
