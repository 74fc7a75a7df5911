import { expect, test } from "vitest";
import { stepOfCode } from "../../lib/totp/totp-code.ts";
import { timeStepAt } from "../../lib/totp/time-step.ts";
import { codeOfStep, totpSecret } from "../support/authenticator.ts";
import { noon, second } from "../support/time.ts";

/** The secret of both RFCs' test values. */
const secret = Buffer.from("12345678901234567890");

/** RFC 4226, appendix D: the values of counters 0 to 9. */
const hotp = [
  "755224",
  "287082",
  "359152",
  "969429",
  "338314",
  "254676",
  "287922",
  "162583",
  "399871",
  "520489",
];

test.each(hotp.map((code, counter) => [counter, code] as const))(
  "RFC 4226: counter %i has %s",
  (counter, code) => {
    expect(stepOfCode(secret, code, counter * 30 * second, { steps: 0 })).toBe(counter);
    expect(codeOfStep(secret, counter)).toBe(code);
  },
);

/** RFC 6238, appendix B, SHA-1: eight digits, of which a code of six has the last. */
const totp = [
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
] as const;

test.each(totp)("RFC 6238: at second %i it is %s", (seconds, value) => {
  const code = value.slice(-6);
  const step = Math.floor(seconds / 30);
  expect(stepOfCode(secret, code, seconds * second, { steps: 0 })).toBe(step);
  expect(codeOfStep(secret, step)).toBe(code);
});

test("a step is 30 seconds, from the first to the last millisecond", () => {
  const step = timeStepAt(noon);
  expect(timeStepAt(noon - 1)).toBe(step - 1);
  expect(timeStepAt(noon + 30 * second - 1)).toBe(step);
  expect(timeStepAt(noon + 30 * second)).toBe(step + 1);
});

test("at every moment of a step, exactly the code before, the present and the next are found", () => {
  const step = timeStepAt(noon);
  const app = totpSecret("phone");
  const moments = [...Array.from({ length: 30 }, (_, n) => n * second), 29_999, 1];
  for (const moment of moments) {
    const found = [-3, -2, -1, 0, 1, 2, 3].filter(
      (offset) =>
        stepOfCode(app, codeOfStep(app, step + offset), noon + moment, { steps: 1 }) ===
        step + offset,
    );
    expect(found).toEqual([-1, 0, 1]);
  }
});

test("the window is as wide as is asked", () => {
  const step = timeStepAt(noon);
  const app = totpSecret("phone");
  for (const offset of [-10, 10]) {
    const code = codeOfStep(app, step + offset);
    expect(stepOfCode(app, code, noon, { steps: 10 })).toBe(step + offset);
    expect(stepOfCode(app, code, noon, { steps: 9 })).toBeUndefined();
  }
});

test("of the steps in the window, only those after the given one are found", () => {
  const step = timeStepAt(noon);
  const app = totpSecret("phone");
  const found = (after: number) =>
    [-1, 0, 1].filter(
      (offset) =>
        stepOfCode(app, codeOfStep(app, step + offset), noon, { steps: 1, after }) !== undefined,
    );
  expect(found(step - 2)).toEqual([-1, 0, 1]);
  expect(found(step - 1)).toEqual([0, 1]);
  expect(found(step)).toEqual([1]);
  expect(found(step + 1)).toEqual([]);
});

test("codes keep their leading zeros", () => {
  const app = totpSecret("phone");
  let step = timeStepAt(noon);
  while (!codeOfStep(app, step).startsWith("0")) step += 1;
  const code = codeOfStep(app, step);
  expect(stepOfCode(app, code, step * 30 * second, { steps: 0 })).toBe(step);
  expect(code).toHaveLength(6);
});
