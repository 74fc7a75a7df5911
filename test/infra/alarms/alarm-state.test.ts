import { expect, test } from "vitest";
import { isRaised, type Watching } from "./alarm-state.ts";

/** X breaches, 0 does not, - is missing; the newest stands last, as in CloudWatch's own tables. */
const raised = (line: string, watching: Partial<Watching> = {}) => {
  const values = line.split(" ").reverse();
  return isRaised(
    {
      periods: 3,
      datapoints: 3,
      breaches: (value) => value >= 1,
      missing: "notBreaching",
      ...watching,
    },
    (n) => ({ X: 1, 0: 0 })[values[n] ?? "-"],
  );
};

// The tables of "Configuring how CloudWatch alarms treat missing data": treated as not breaching, and as breaching.
test.each([
  [3, "0 - X - X", false, false],
  [3, "0 - - - -", false, false],
  [3, "- - - - -", false, true],
  [3, "0 X X - X", true, true],
  [3, "- - X - -", false, true],
  [2, "0 - X - X", true, true],
  [2, "0 0 X 0 X", true, true],
  [2, "0 - X - -", false, true],
  [2, "- - - - 0", false, true],
  [2, "- - - X -", false, true],
])("%i of 3: %s", (datapoints, line, notBreaching, breaching) => {
  expect(raised(line, { datapoints })).toBe(notBreaching);
  expect(raised(line, { datapoints, missing: "breaching" })).toBe(breaching);
});

test("values older than the range count no more", () => {
  const three = { periods: 5, datapoints: 3 };
  expect(raised("X X X 0 0 0 0", three)).toBe(false);
  expect(raised("X X X - - 0 0", three)).toBe(true);
  expect(raised("X X X - - - - -", three)).toBe(false);
});
