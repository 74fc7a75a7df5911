import { expect, test } from "vitest";
import { roundTrips } from "./round-trips.ts";

test("calls that run side by side count once", () => {
  expect(roundTrips([])).toBe(0);
  const calls = [
    { began: 1, ended: 4 },
    { began: 2, ended: 3 },
    { began: 5, ended: 6 },
  ];
  expect(roundTrips(calls)).toBe(2);
});
