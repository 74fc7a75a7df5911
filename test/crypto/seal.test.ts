import fc from "fast-check";
import { expect, test } from "vitest";
import { open, seal } from "../../lib/crypto/seal.ts";
import { secretKey } from "../../lib/crypto/secret-key.ts";

const [key, otherKey] = [
  secretKey("one secret text of more than forty-three characters", "totp"),
  secretKey("another secret text of more than forty-three characters", "totp"),
];
const bytes = (length: { minLength?: number; maxLength?: number }) =>
  fc.uint8Array(length).map((array) => Buffer.from(array));
const nonce = bytes({ minLength: 12, maxLength: 12 });

test("what was sealed opens, in its place and with its key", () => {
  fc.assert(
    fc.property(bytes({}), fc.string(), nonce, (plain, place, random) => {
      expect(open(key, seal(key, plain, place, random), place)).toEqual(plain);
    }),
  );
});

test("it opens in no other place and with no other key", () => {
  fc.assert(
    fc.property(bytes({}), fc.string(), fc.string(), nonce, (plain, place, other, random) => {
      const value = seal(key, plain, place, random);
      expect(() => open(otherKey, value, place)).toThrow();
      if (place !== other) expect(() => open(key, value, other)).toThrow();
    }),
  );
});

test("one changed bit anywhere in nonce, text or tag, and it does not open", () => {
  fc.assert(
    fc.property(bytes({}), nonce, fc.nat(), (plain, random, place) => {
      const [form = "", ...parts] = seal(key, plain, "place", random).split(".");
      const raw = parts.map((part) => Buffer.from(part, "base64url"));
      const bit = place % ((12 + plain.length + 16) * 8);
      const changed = Buffer.concat(raw);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const tampered = [form, ...[changed.subarray(0, 12), changed.subarray(12)].map(text)];
      expect(() => open(key, tampered.join("."), "place")).toThrow();
    }),
  );
});

test("a shortened tag does not open", () => {
  const [form, random, body = ""] = seal(key, Buffer.alloc(20), "place", Buffer.alloc(12)).split(
    ".",
  );
  for (let left = 0; left < 36; left += 1) {
    const short = text(Buffer.from(body, "base64url").subarray(0, left));
    expect(() => open(key, `${form}.${random}.${short}`, "place")).toThrow();
  }
});

test("what was never sealed is a fault", () => {
  const value = seal(key, Buffer.from("plain"), "place", Buffer.alloc(12));
  for (const foreign of ["", "v1", "v1..", "plain", value.replace("v1", "v2"), `${value}.x`]) {
    expect(() => open(key, foreign, "place")).toThrow("Not a sealed value.");
  }
});

test("one text sealed with two nonces does not look alike, and holds nothing of it", () => {
  const plain = Buffer.from("a secret that nobody reads");
  const [one, other] = [1, 2].map((n) => seal(key, plain, "place", Buffer.alloc(12, n)));
  expect(one?.split(".")[2]).not.toBe(other?.split(".")[2]);
  expect(Buffer.from(one?.split(".")[2] ?? "", "base64url").includes(plain)).toBe(false);
});

const text = (part: Buffer) => part.toString("base64url");
