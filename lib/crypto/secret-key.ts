import { createHmac, hkdfSync } from "node:crypto";

/** 32 bytes of one purpose. */
export type SecretKey = { readonly bytes: Buffer; readonly id: KeyId };

/** Names a key, and tells nothing of it: 48 bits that are derived beside the key, not from it. */
export type KeyId = string;

/**
 * A key from a secret text of at least 256 bits of entropy (HKDF-SHA-256, RFC 5869). The purpose is part of the key,
 * so that the same text given twice by mistake still makes different keys.
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
 * HMAC-SHA-256 over parts, base64url. Each part is written with its length before it: no two lists of parts make the
 * same input.
 */
export const keyedHash = (key: SecretKey, ...parts: readonly string[]): string => {
  const hmac = createHmac("sha256", key.bytes);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest("base64url");
};
