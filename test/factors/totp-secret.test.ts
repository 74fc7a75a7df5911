import { expect, test } from "vitest";
import { openTotpSecret, sealTotpSecret, totpSecretBytes } from "../../lib/factors/totp-secret.ts";
import { totpKey, totpSecret } from "../support/authenticator.ts";
import { accountId, authenticatorId } from "../support/ids.ts";

const [ann, bob] = [accountId("ann"), accountId("bob")];
const [phone, tablet] = [authenticatorId("phone"), authenticatorId("tablet")];
const secret = totpSecret("phone");
const stored = sealTotpSecret(totpKey, secret, ann, phone, Buffer.alloc(12, 1));

test("a secret has 160 bits, as the SHA-1 that it keys", () => {
  expect(totpSecretBytes * 8).toBe(160);
});

test("a secret opens where it was stored", () => {
  expect(openTotpSecret(totpKey, stored, ann, phone)).toEqual(secret);
});

test.each([
  ["another account", bob, phone],
  ["another authenticator", ann, tablet],
  ["both", bob, tablet],
] as const)("a secret that was moved to %s does not open", (_, account, authenticator) => {
  expect(() => openTotpSecret(totpKey, stored, account, authenticator)).toThrow();
});

test("ids that run together when joined are two places", () => {
  const one = sealTotpSecret(
    totpKey,
    secret,
    accountId("ab"),
    authenticatorId("c"),
    Buffer.alloc(12),
  );
  expect(() => openTotpSecret(totpKey, one, accountId("a"), authenticatorId("bc"))).toThrow();
});

test("a secret opens with no other key, and not with one bit changed", () => {
  expect(() => openTotpSecret({ bytes: Buffer.alloc(32) }, stored, ann, phone)).toThrow();
  const last = stored.endsWith("A") ? "B" : "A";
  for (const changed of [stored.slice(0, -2) + last + stored.slice(-1), `v1.${stored.slice(4)}`]) {
    expect(() => openTotpSecret(totpKey, changed, ann, phone)).toThrow();
  }
});
