import { expect, test } from "vitest";
import { readFormula } from "./metric-math.ts";

const values: Readonly<Record<string, number | undefined>> = { a: 6, b: 3, zero: 0 };
const compute = (text: string) => readFormula(text)((id) => values[id]);

test.each([
  ["a", 6],
  ["1 + a * b", 19],
  ["(1 + a) * b", 21],
  ["a - b - 1", 2],
  ["a / b / 2", 1],
  ["100 * a / (a + b)", 100 * (6 / 9)],
  ["a >= 6", 1],
  ["a > 6", 0],
  ["a < 7", 1],
  ["a <= 5", 0],
  ["zero == 0", 1],
  ["IF(a >= 3, b, 0)", 3],
  ["IF(a >= 7, b, 0)", 0],
  ["IF(FILL(none, 0) == 0, a, b)", 6],
])("%s is %d", (text, value) => {
  expect(compute(text)).toBeCloseTo(value);
});

test.each(["none", "a + none", "a / none", "a / zero", "none >= 1", "IF(none >= 1, a, b)"])(
  "%s has no value in this period",
  (text) => {
    expect(compute(text)).toBeUndefined();
  },
);

test("IF takes only the branch that it needs, and FILL only what is missing", () => {
  expect(compute("IF(a >= 1, b, none)")).toBe(3);
  expect(compute("IF(a >= 1, none, b)")).toBeUndefined();
  expect(compute("FILL(a, 0) + FILL(none, 7)")).toBe(13);
});

test.each(["", "a +", "(a", "a b", "a ! b", "AVG(a)", "FILL(a)", "IF(a, b)", "FILL(a, 1, 2)"])(
  "%s is not read as something else",
  (text) => {
    expect(() => compute(text)).toThrow();
  },
);
