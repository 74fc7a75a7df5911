import { createHash, createHmac } from "node:crypto";
import type { AccountId, Instant } from "../../lib/account/ids.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import type { Authenticator } from "../../lib/account/authenticator.ts";
import { sealTotpSecret } from "../../lib/totp/totp-secret.ts";
import { accountId, authenticatorId } from "./ids.ts";
import { hour, noon } from "./time.ts";

export const totpKeys = keyRing("a secret text for TOTP keys, of more than 43 characters", "totp");

/** The secret of a name: 160 bits. */
export const totpSecret = (name: string): Buffer => createHash("sha1").update(name).digest();

const nonce = (name: string) => createHash("sha256").update(name).digest().subarray(0, 12);

/** The secret in the form in which an account stored it before keys had names. */
export const sealed = (name: string, account: AccountId = accountId("ann")): string =>
  sealTotpSecret(totpKeys, totpSecret(name), account, authenticatorId(name), nonce(name)).secret;

/** A confirmed authenticator whose secret is `totpSecret(name)`. */
export const anAuthenticator = (
  name = "phone",
  given: Partial<Authenticator> = {},
): Authenticator => ({
  id: authenticatorId(name),
  name,
  secret: sealed(name),
  enabledAt: noon - hour,
  lastUsedAt: null,
  lastStep: stepAt(noon - hour),
  spentSteps: [],
  ...given,
});

export const stepAt = (now: Instant): number => Math.floor(now / 30_000);

/** RFC 4226 §5.3. Tests have their own implementation, so that they do not rely on the code under test. */
export const codeOfStep = (secret: Buffer, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
};

/** A cache, because long stories need the same codes again and again. */
const shown = new Map<string, string>();

/** The code that the authenticator's app shows if its clock is `steps` time steps fast. */
export const codeAt = (now: Instant, { name = "phone", steps = 0 } = {}): string => {
  const step = stepAt(now) + steps;
  const code = shown.get(`${name} ${step}`) ?? codeOfStep(totpSecret(name), step);
  shown.set(`${name} ${step}`, code);
  return code;
};

/** A code that none of these authenticators shows within ten minutes of `now`. */
export const wrongCodeAt = (now: Instant, ...names: readonly string[]): string => {
  const near = new Set(
    (names.length > 0 ? names : ["phone"]).flatMap((name) =>
      Array.from({ length: 41 }, (_, index) => codeAt(now, { name, steps: index - 20 })),
    ),
  );
  for (let guess = 0; ; guess += 1) {
    const code = String(guess).padStart(6, "0");
    if (!near.has(code)) return code;
  }
};
