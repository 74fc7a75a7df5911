import { createCipheriv, createDecipheriv } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";
import { keyedHash, type KeyId, type SecretKey } from "./secret-key.ts";

/** `v1.<nonce>.<ciphertext and tag>`, base64url: AES-256-GCM with a nonce of 96 random bits [NIST SP 800-38D]. */
export type Sealed = string;

const tagBytes = 16;
const nonceBytes = 12;

/**
 * Encrypts `plain` for one place (an account and a factor). The ciphertext authenticates `place`, so it does not open
 * after somebody moves it to another account or factor.
 *
 * @param nonce 12 fresh random bytes.
 */
export const seal = (key: SecretKey, plain: Buffer, place: string, nonce: Buffer): Sealed => {
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `v1.${nonce.toString("base64url")}.${sealed.toString("base64url")}`;
};

/** Decrypts a sealed value. Throws if the key, the place or the ciphertext is not the original one. */
export const open = (key: SecretKey, sealed: Sealed, place: string): Buffer => {
  const [form, nonce, body, ...rest] = sealed.split(".");
  if (form !== "v1" || !nonce || !body || rest.length > 0) throw new Error("Not a sealed value.");
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(nonce, "base64url"), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
};

/**
 * Opens a sealed value with the first key that can, and returns that key too. It tries the key of this name first, then
 * the others. Throws if no key opens the value. The name only sets the order: the key itself must still prove the
 * value.
 */
export const openWithAny = (
  keys: KeyRing,
  sealed: Sealed,
  place: string,
  name?: KeyId,
): { readonly plain: Buffer; readonly key: SecretKey } => {
  let cause: unknown;
  for (const key of keys.toSorted((a, b) => Number(b.id === name) - Number(a.id === name))) {
    try {
      return { plain: open(key, sealed, place), key };
    } catch (fault) {
      cause = fault;
    }
  }
  throw new Error("No key opens this.", { cause });
};

/**
 * Re-encrypts a value that never changes and never leaves this place. The nonce is an HMAC of value and place instead
 * of random bits. Decisions have no randomness and may run again; they then make the same ciphertext, and never encrypt
 * another plain text under the same nonce [the idea of RFC 5297 §1.1].
 */
export const sealAgain = (key: SecretKey, plain: Buffer, place: string): Sealed => {
  const nonce = Buffer.from(keyedHash(key, "nonce", place, plain.toString("base64")), "base64url");
  return seal(key, plain, place, nonce.subarray(0, nonceBytes));
};
