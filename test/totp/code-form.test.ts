import fc from "fast-check";
import * as z from "zod/mini";
import { expect, test } from "vitest";
import { TotpCode } from "../../lib/contract/fields.ts";

const read = (typed: unknown) => z.safeParse(TotpCode, typed);

test.each(["123456", " 123456 ", "123 456", "123-456", "  12-3456   ", "1 23456", "12345 6"])(
  "%j is six digits as people type them",
  (typed) => {
    expect(read(typed)).toEqual({ success: true, data: "123456" });
  },
);

test.each([
  ["nothing", ""],
  ["five digits", "12345"],
  ["seven digits", "1234567"],
  ["two separators", "12 34 56"],
  ["two blanks together", "123  456"],
  ["blank and hyphen together", "123 -456"],
  ["a hyphen around", "-123456"],
  ["a hyphen after", "123456-"],
  ["a letter", "12345a"],
  ["a dot", "123.456"],
  ["a tab", "123\t456"],
  ["a line break after", "123456\n"],
  ["a no-break space", "123\u00a0456"],
  ["a dash that is no hyphen", "123\u2013456"],
  ["Arabic digits", "١٢٣٤٥٦"],
  ["full-width digits", "１２３４５６"],
  ["mathematical digits", "𝟏𝟐𝟑𝟒𝟓𝟔"],
  ["a NUL", "123456\0"],
  ["an exponent", "1e5000"],
  ["a sign", "+12345"],
  ["33 characters", `${" ".repeat(27)}123456`],
  ["a number", 123456],
  ["an array", ["123456"]],
  ["null", null],
])("%s is refused, not translated", (_, typed) => {
  expect(read(typed).success).toBe(false);
});

test("whatever is accepted is six ASCII digits in the order in which they were typed", () => {
  const typed = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789 -٣x")),
    maxLength: 12,
  });
  fc.assert(
    fc.property(typed, (text) => {
      const result = read(text);
      if (!result.success) return;
      expect(result.data).toMatch(/^[0-9]{6}$/);
      expect(result.data).toBe(text.replaceAll(/[ -]/g, ""));
    }),
    { numRuns: 1000 },
  );
});
