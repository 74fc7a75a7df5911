import { expect, test } from "vitest";
import { isCommonPassword } from "../../lib/sessions/common-passwords/common-passwords.ts";
import { packed } from "../../lib/sessions/common-passwords/packed.ts";
import { unpack } from "../../lib/sessions/common-passwords/unpack.ts";
import { foldPassword } from "../../lib/sessions/fold-password.ts";

test("the list has 10,000 words, each of which could be set, as it is compared", () => {
  const words = unpack(packed);
  expect(new Set(words).size).toBe(10_000);
  expect(words.filter((word) => word.length < 8 || word !== foldPassword(word))).toEqual([]);
  for (const word of words) expect([word, isCommonPassword(word)]).toEqual([word, true]);
});

test.each(["passwords of mine", "correct-horse-battery", "", "password\n12345678"])(
  "%j is not in it",
  (word) => expect(isCommonPassword(word)).toBe(false),
);
