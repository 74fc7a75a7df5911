import { createHmac } from "node:crypto";
import type { SecretKey } from "../crypto/secret-key.ts";
import { keyedHash } from "../crypto/secret-key.ts";
import type { SubjectId } from "./subject.ts";

/**
 * Digits derived from an id, so that a task that runs twice sends the same code and no table holds one. 64 bits modulo
 * a power of ten: the bias is below one in 10^13.
 */
const digits = (key: SecretKey, count: 4 | 6, ...parts: readonly string[]): string => {
  const hmac = createHmac("sha256", key.bytes).update(JSON.stringify(parts)).digest();
  return String(hmac.readBigUInt64BE(0) % 10n ** BigInt(count)).padStart(count, "0");
};

/**
 * The last four digits that a call should come from, where the carrier lets us choose. Never 0000: carriers have no
 * such numbers.
 */
export const callCode = (key: SecretKey, subject: SubjectId, n: number): string =>
  String(1 + (Number(digits(key, 6, "call", subject, String(n))) % 9999)).padStart(4, "0");

/** The code of every SMS of one subject: sent again, it is the same. */
export const smsCode = (key: SecretKey, subject: SubjectId): string =>
  digits(key, 6, "sms", subject);

/** How a code that a carrier chose is kept. */
export const toldCodeHash = (key: SecretKey, subject: SubjectId, n: number, code: string): string =>
  keyedHash(key, "told", subject, String(n), code);
