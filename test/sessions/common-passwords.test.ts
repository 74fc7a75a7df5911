import fc from "fast-check";
import { expect, test } from "vitest";
import { isCommonPassword } from "../../lib/sessions/common-passwords/common-passwords.ts";
import { firstOf, pack, unpack } from "../../lib/sessions/common-passwords/pack.ts";
import { packed } from "../../lib/sessions/common-passwords/packed.ts";
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

test("whatever is packed is unpacked, sorted, wherever its lines are broken", () => {
  const word = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\n"));
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1 }), (words) => {
      const text = pack(words).replace(/.{7}/g, "$&\n");
      expect(unpack(text)).toEqual(words.toSorted());
    }),
  );
});

test("the first list comes first; short words and second spellings take no place", () => {
  const lists = [
    ["123456", "PASSWORD", "sunshine"],
    ["password", "starwars", "corvette"],
  ];
  expect(firstOf(lists, 3)).toEqual(["password", "sunshine", "starwars"]);
});
