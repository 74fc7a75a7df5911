import { expect, test } from "vitest";
import { pauseSeconds } from "../../lib/guard/pause.ts";

const rule = { free: 5, firstPauseSeconds: 30, longestPauseSeconds: 3600 };

test("four wrong tries cost nothing, the fifth 30 s, and each more twice that, up to an hour", () => {
  const pauses = Array.from({ length: 14 }, (_, n) => pauseSeconds(n, rule));
  expect(pauses).toEqual([0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
});

test("the longest pause stays the longest, however many tries there were", () => {
  for (const wrong of [100, 1000, 1e9, Number.MAX_SAFE_INTEGER]) {
    expect(pauseSeconds(wrong, rule)).toBe(3600);
  }
});
