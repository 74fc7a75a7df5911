import fc from "fast-check";
import { expect, test } from "vitest";
import { smsSegments } from "../../../lib/phone/sms/sms-segments.ts";

test.each([
  ["", 1],
  ["a".repeat(160), 1],
  ["a".repeat(161), 2],
  ["a".repeat(306), 2],
  ["a".repeat(307), 3],
  ["€".repeat(80), 1],
  ["€".repeat(81), 2],
  // A pair of septets is not cut: 76 pairs fit into 153, and one septet is lost.
  ["€".repeat(152), 2],
  ["€".repeat(153), 3],
  ["ї".repeat(70), 1],
  ["ї".repeat(71), 2],
  ["ї".repeat(134), 2],
  ["ї".repeat(135), 3],
  [`${"a".repeat(69)}ї`, 1],
  [`${"a".repeat(70)}ї`, 2],
  ["😀".repeat(35), 1],
  ["😀".repeat(36), 2],
  ["😀".repeat(66), 2],
  ["😀".repeat(67), 3],
  ["`", 1],
  ["`".repeat(71), 2],
])("%j takes %i", (text, segments) => {
  expect(smsSegments(text)).toBe(segments);
});

test("the basic alphabet has its 127 characters beside the escape", () => {
  const ofOneSeptet = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => smsSegments(character.repeat(160)) === 1,
  );
  expect(ofOneSeptet).toHaveLength(127);
});

test("more text never takes fewer segments", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "€", "ї", "😀", "@", "["), maxLength: 400 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(smsSegments(one + other)).toBeGreaterThanOrEqual(smsSegments(one));
    }),
  );
});
