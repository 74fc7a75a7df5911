import { expect, test } from "vitest";
import { changeLimits, type ChangedLimits } from "../../lib/settings/change-limits.ts";
import { checkFallbackTime } from "../../lib/settings/fallback-time.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";

const check =
  (fallback: ChangedLimits["fallback"] = {}) =>
  () =>
    checkFallbackTime(changeLimits({ fallback }));

test("the defaults, and a fallback that just ends within its challenge, are taken", () => {
  expect(() => checkFallbackTime(defaultLimits)).not.toThrow();
  expect(check({ callGapSeconds: 70 })).not.toThrow();
});

test.each([
  ["calls that would outlast the challenge", { callGapSeconds: 300 }, "take 1260 s, more than 570"],
  ["one second too much", { callGapSeconds: 71, smsGapSeconds: 179 }, "take 571 s"],
  ["too many attempts", { calls: 6 }, "take 600 s"],
  ["a call that comes before one may ask for it", { callGapSeconds: 19 }, "must not be longer"],
  ["an SMS that does", { smsGapSeconds: 59 }, "must not be longer"],
])("%s are refused", (_, fallback, why) => {
  expect(check(fallback)).toThrow(why);
});
