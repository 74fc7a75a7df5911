import { expect, test } from "vitest";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { openTotpSecret, sealTotpSecret, totpSecretBytes } from "../../lib/totp/totp-secret.ts";
import { totpKeys, totpSecret } from "../support/authenticator.ts";
import { accountId, authenticatorId } from "../support/ids.ts";

const [ann, bob] = [accountId("ann"), accountId("bob")];
const [phone, tablet] = [authenticatorId("phone"), authenticatorId("tablet")];
const secret = totpSecret("phone");
const otherKeys = keyRing("another secret text of more than forty-three characters", "totp");
const stored = sealTotpSecret(totpKeys, secret, ann, phone, Buffer.alloc(12, 1));

test("a secret has 160 bits, as the SHA-1 that it keys", () => {
  expect(totpSecretBytes * 8).toBe(160);
});

test("a secret opens where it was stored", () => {
  expect(openTotpSecret(totpKeys, stored, ann, phone).plain).toEqual(secret);
});

test.each([
  ["another account", bob, phone],
  ["another authenticator", ann, tablet],
  ["both", bob, tablet],
] as const)("a secret that was moved to %s does not open", (_, account, authenticator) => {
  expect(() => openTotpSecret(totpKeys, stored, account, authenticator)).toThrow();
});

test("ids that run together when joined are two places", () => {
  const one = sealTotpSecret(
    totpKeys,
    secret,
    accountId("ab"),
    authenticatorId("c"),
    Buffer.alloc(12),
  );
  expect(() => openTotpSecret(totpKeys, one, accountId("a"), authenticatorId("bc"))).toThrow();
});

test("a secret opens with no other key, and not with one bit changed", () => {
  expect(() => openTotpSecret(otherKeys, stored, ann, phone)).toThrow();
  const { secret: text } = stored;
  const last = text.endsWith("A") ? "B" : "A";
  for (const changed of [text.slice(0, -2) + last + text.slice(-1), `v1.${text.slice(4)}`]) {
    const sealed = { ...stored, secret: changed };
    expect(() => openTotpSecret(totpKeys, sealed, ann, phone)).toThrow();
  }
});
