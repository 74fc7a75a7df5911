import { expect, test } from "vitest";
import { keyedHashes, keyRing } from "../../lib/crypto/key-ring.ts";
import { secretLines } from "../../lib/crypto/secret-lines.ts";
import { keyedHash, secretKey } from "../../lib/crypto/secret-key.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];

test("a text of one line is one secret, as it stands and always stood", () => {
  for (const text of [one, `${one}\n`, ` ${one} `, "with blanks in it", "\twith tabs\t"]) {
    expect(secretLines(text)).toEqual([text]);
  }
});

test("a text of several lines is as many secrets, the first first, however it was pasted", () => {
  for (const text of [`${one}\n${two}`, `${one}\r\n${two}\r\n`, `\n ${one}\n\n\t${two} \n`]) {
    expect(secretLines(text)).toEqual([one, two]);
  }
});

test.each(["", "\n", " \n\t"])("the text %j is no secret", (text) => {
  expect(() => secretLines(text)).toThrow("without a text");
});

test("each line is a key of the purpose, and one that is none spoils all", () => {
  expect(keyRing(one, "totp")).toEqual([secretKey(one, "totp")]);
  expect(keyRing(`${one}\n${two}`, "totp")).toEqual([
    secretKey(one, "totp"),
    secretKey(two, "totp"),
  ]);
  expect(() => keyRing(`${one}\nshort`, "totp")).toThrow("too short");
});

test("a key is told by a name of its own that is no part of it", () => {
  const names = [one, two].flatMap((text) =>
    (["totp", "lookup"] as const).map((purpose) => secretKey(text, purpose)),
  );
  expect(new Set(names.map(({ id }) => id)).size).toBe(4);
  for (const { id, bytes } of names) {
    expect(id).toMatch(/^[A-Za-z0-9_-]{8}$/);
    expect(bytes.toString("base64url")).not.toContain(id);
  }
});

test("a hash is made under each key, in their order", () => {
  const keys = keyRing(`${one}\n${two}`, "lookup");
  expect(keyedHashes(keys, "mail", "ann")).toEqual(
    keys.map((key) => keyedHash(key, "mail", "ann")),
  );
});
