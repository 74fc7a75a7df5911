import { createCipheriv, createDecipheriv } from "node:crypto";
import type { SecretKey } from "./secret-key.ts";

/** `v1.<nonce>.<ciphertext and tag>`, base64url: AES-256-GCM with a nonce of 96 random bits [NIST SP 800-38D]. */
export type Sealed = string;

const tagBytes = 16;

/**
 * Encrypts `plain` for one place. `place` is authenticated with it, so that a ciphertext moved to another account or
 * factor does not open.
 *
 * @param nonce 12 fresh random bytes.
 */
export const seal = (key: SecretKey, plain: Buffer, place: string, nonce: Buffer): Sealed => {
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `v1.${nonce.toString("base64url")}.${sealed.toString("base64url")}`;
};

/** The plain bytes again; throws when key, place or ciphertext is not the one that was sealed. */
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
