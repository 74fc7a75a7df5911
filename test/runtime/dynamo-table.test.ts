import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ifConditionHolds, itemKey, number, text, ttl } from "../../lib/runtime/dynamo-table.ts";
import {
  newAuthenticatorId,
  newChallengeId,
  newSessionId,
  parseAccountId,
  parseChallengeId,
  parseAuthenticatorId,
  parseSessionId,
} from "../../lib/account/ids.ts";

const id = fc.stringMatching(/^[A-Za-z0-9._~:@|+-]{1,128}$/);
const kind = fc.constantFrom("account", "session", "mail", "budget", "grant");

test("two different things never have the same key", () => {
  const path = fc.array(fc.oneof(id, kind), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(path, path, path, path, (pk1, sk1, pk2, sk2) => {
      const same = JSON.stringify([pk1, sk1]) === JSON.stringify([pk2, sk2]);
      const [one, other] = [itemKey(pk1, sk1), itemKey(pk2, sk2)];
      expect(one.pk === other.pk && one.sk === other.sk).toBe(same);
    }),
  );
});

test("the parts of a key can be read from it", () => {
  const path = fc.array(fc.oneof(id, kind), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(path, path, (pk, sk) => {
      const key = itemKey(pk, sk);
      expect([key.pk.split("#"), key.sk.split("#")]).toEqual([pk, sk]);
    }),
  );
});

test("an account may have any id that hosts use, and none that could address another item", () => {
  for (const ofHost of ["auth0|123", "user:1", "a.b", "ann+1@example.com", "~x", "...", "-"]) {
    expect(parseAccountId(ofHost)).toBe(ofHost);
  }
  for (const foreign of [
    "",
    ".",
    "..",
    "a#b",
    "a/b",
    "a%2Fb",
    "a b",
    "a;b",
    "a,b",
    'a"b',
    "a\n",
    "ä",
  ]) {
    expect(parseAccountId(foreign)).toBeUndefined();
  }
  expect(parseAccountId("a".repeat(128))).toBe("a".repeat(128));
  expect(parseAccountId("a".repeat(129))).toBeUndefined();
  expect(parseAccountId(undefined)).toBeUndefined();
});

test("no text with a character that keys give a meaning to is an id of ours", () => {
  const parsers = [parseChallengeId, parseSessionId, parseAuthenticatorId];
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      const wellFormed = /^[A-Za-z0-9_-]{1,64}$/.test(typed) && !typed.endsWith("\n");
      for (const parse of parsers) expect(parse(typed) === typed).toBe(wellFormed);
    }),
  );
  for (const parse of parsers) {
    for (const foreign of ["", "a#b", "a.b", "a|b", "a/b", "..", "a b", "a\n", "a\0", "ä"]) {
      expect(parse(foreign)).toBeUndefined();
    }
    expect(parse("a".repeat(64))).toBe("a".repeat(64));
    expect(parse("a".repeat(65))).toBeUndefined();
    expect(parse(undefined)).toBeUndefined();
  }
});

test("ids that are made are ids, and tell what they name", () => {
  const random = (bytes: number) => Buffer.alloc(bytes, 0xff);
  expect(parseChallengeId(newChallengeId({ random }))).toMatch(/^chal_.{22}$/);
  expect(parseSessionId(newSessionId({ random }))).toMatch(/^sess_.{22}$/);
  expect(parseAuthenticatorId(newAuthenticatorId({ random }))).toMatch(/^auth_.{22}$/);
});

test("an item is forgotten no sooner than it may be", () => {
  expect(ttl(1000)).toEqual({ ttl: 1 });
  expect(ttl(1001)).toEqual({ ttl: 2 });
});

test("only a condition that does not hold is no fault", async () => {
  const failed = new ConditionalCheckFailedException({ message: "", $metadata: {} });
  await expect(ifConditionHolds(() => Promise.resolve())).resolves.toBe(true);
  await expect(ifConditionHolds(() => Promise.reject(failed))).resolves.toBe(false);
  await expect(ifConditionHolds(() => Promise.reject(new Error("Throttled.")))).rejects.toThrow(
    "Throttled.",
  );
});

test("an item without what it must have is a fault", () => {
  expect(text({ version: "v1" }, "version")).toBe("v1");
  expect(() => text({}, "version")).toThrow("version");
  expect(() => text({ version: 1 }, "version")).toThrow("version");
});

test("a number that is missing, no number, or too large to be exact is a fault", () => {
  expect(number({ wrong: 0 }, "wrong")).toBe(0);
  for (const wrong of [undefined, null, "1", NaN, Infinity, 2n ** 60n]) {
    expect(() => number({ wrong }, "wrong")).toThrow("wrong");
  }
});
