import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { equalHashes } from "../../lib/crypto/constant-time.ts";
import { keyedHash, secretKey } from "../../lib/crypto/secret-key.ts";
import { hashToken } from "../../lib/crypto/token.ts";

const secret = "a secret text of more than forty-three characters";
const key = secretKey(secret, "lookup");

test("one secret text makes another key for each purpose", () => {
  const purposes = ["lookup", "totp", "recovery-codes"] as const;
  const keys = purposes.map((purpose) => secretKey(secret, purpose).bytes.toString("hex"));
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((one) => one.length === 64)).toBe(true);
  expect(secretKey(secret, "lookup").bytes).toEqual(key.bytes);
});

test("a text too short to be 256 random bits makes no key, and is not told in the fault", () => {
  expect(() => secretKey("x".repeat(43), "totp")).not.toThrow();
  for (const short of ["", "x".repeat(42)]) {
    expect(() => secretKey(short, "totp")).toThrow("The secret for totp is too short.");
  }
});

test("two different lists of parts never have the same hash", () => {
  // Short parts of few characters: what a careless joiner would confuse comes up often.
  const parts = fc.array(fc.stringMatching(/^[a:12#|é]{0,3}$/), { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(keyedHash(key, ...one) === keyedHash(key, ...other)).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

test("parts that only run together when joined are told apart", () => {
  const lists = [["ab", "c"], ["a", "bc"], ["abc"], ["", "abc"], ["abc", ""], ["2:ab", "c"]];
  const hashes = lists.map((parts) => keyedHash(key, ...parts));
  expect(new Set(hashes).size).toBe(lists.length);
});

test("a keyed hash fits into a key: its alphabet has no separator", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      expect(keyedHash(key, ...parts)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    }),
  );
});

test("a token is stored as its SHA-256", () => {
  const hex = createHash("sha256").update("token").digest("hex");
  expect(Buffer.from(hashToken("token"), "base64url").toString("hex")).toBe(hex);
});

test("hashes are equal when they are the same text, whatever their lengths", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(equalHashes(one, one)).toBe(true);
      expect(equalHashes(one, other)).toBe(one === other);
      expect(equalHashes(one, `${one}x`)).toBe(false);
    }),
  );
});
