import { createHmac, hkdfSync } from "node:crypto";

/** A key of 32 bytes for one purpose, and its name. */
export type SecretKey = { readonly bytes: Buffer; readonly id: KeyId };

/** Names a key and reveals nothing about it: 48 bits, derived from the secret text beside the key, not from the key. */
export type KeyId = string;

/**
 * Derives a key from a secret text of at least 256 bits of entropy (HKDF-SHA-256, RFC 5869). Throws if the text is
 * shorter than 43 characters. The purpose is part of the key, so that the same text, given for two purposes by mistake,
 * still makes different keys.
 */
export const secretKey = (text: string, purpose: KeyPurpose): SecretKey => {
  if (text.length < 43) throw new Error(`The secret for ${purpose} is too short.`);
  const derive = (info: string, bytes: number) =>
    Buffer.from(hkdfSync("sha256", text, "", info, bytes));
  return {
    bytes: derive(`twostep/${purpose}`, 32),
    id: derive(`twostep/${purpose}/id`, 6).toString("base64url"),
  };
};

export type KeyPurpose = "lookup" | "totp" | "recovery-codes" | "codes";

/**
 * HMAC-SHA-256 over parts, base64url. The length stands before each part, so that no two lists of parts make the same
 * input.
 */
export const keyedHash = (key: SecretKey, ...parts: readonly string[]): string => {
  const hmac = createHmac("sha256", key.bytes);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest("base64url");
};
