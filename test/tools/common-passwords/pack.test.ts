import fc from "fast-check";
import { expect, test } from "vitest";
import { unpack } from "../../../lib/sessions/common-passwords/unpack.ts";
import { firstOf, pack } from "../../../tools/common-passwords/pack.ts";

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
