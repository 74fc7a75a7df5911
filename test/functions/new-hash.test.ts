import { expect, test } from "vitest";
import { newHash } from "../../functions/accounts/new-hash.ts";
import { checkPassword, hashPassword } from "../../lib/crypto/password-hash.ts";

const salt = () => Buffer.alloc(16, 7);

test("an account that has the password already gets no new hash, whatever salt its own was made with", async () => {
  const own = await hashPassword("a password", Buffer.alloc(16, 1));
  const hashFor = newHash("a password", salt);
  expect(await hashFor(own)).toBeUndefined();
  expect(await hashFor(await hashPassword("another one", Buffer.alloc(16, 2)))).toBeDefined();
});

test("whoever is met again, and whoever has none, gets the same hash", async () => {
  const hashFor = newHash("a password", salt);
  const [first, again] = [await hashFor(null), await hashFor(null)];
  expect(again).toBe(first);
  expect((await checkPassword("a password", first)).right).toBe(true);
  expect(await hashFor(first ?? null)).toBeUndefined();
});

test("without a password there is nothing to hash", async () => {
  expect(await newHash(undefined, salt)(null)).toBeUndefined();
});
