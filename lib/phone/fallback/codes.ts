import { createHmac } from "node:crypto";
import type { SecretKey } from "../../crypto/secret-key.ts";
import { keyedHash } from "../../crypto/secret-key.ts";
import type { FallbackOwnerId } from "./owner.ts";

/**
 * Derives a number below `bound` from an id, so that a task that runs twice sends the same code and no table holds one.
 * It takes 64 bits modulo a million at most: the bias is below one in 10^13.
 */
const derived = (key: SecretKey, bound: bigint, ...parts: readonly string[]): bigint => {
  const hmac = createHmac("sha256", key.bytes).update(JSON.stringify(parts)).digest();
  return hmac.readBigUInt64BE(0) % bound;
};

const digits = (number: bigint, count: 4 | 6): string => String(number).padStart(count, "0");

/**
 * The last four digits of the number that a call should come from, where the carrier lets us choose. Never 0000:
 * carriers have no such numbers.
 */
export const callCode = (key: SecretKey, owner: FallbackOwnerId, n: number): string =>
  digits(1n + derived(key, 9_999n, "call", owner, String(n)), 4);

/** The code of every SMS of one owner: an SMS that is sent again has the same code. */
export const smsCode = (key: SecretKey, owner: FallbackOwnerId): string =>
  digits(derived(key, 1_000_000n, "sms", owner), 6);

/** The form in which a code that a carrier chose is kept. */
export const toldCodeHash = (
  key: SecretKey,
  owner: FallbackOwnerId,
  n: number,
  code: string,
): string => keyedHash(key, "told", owner, String(n), code);
