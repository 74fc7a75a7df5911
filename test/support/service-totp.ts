import { createHmac } from "node:crypto";

// This code follows RFC 6238 and RFC 4226 and does not use the service's library, so that tests can compare the two.

/** The code that an authenticator app shows at `now` (milliseconds) for a base32 secret. */
export const totpCode = (secret: string, now: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const truncated = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7f_ff_ff_ff;
  return String(truncated % 1_000_000).padStart(6, "0");
};

/** Codes that this secret never shows within six minutes of `now`, so that no clock drift explains them. */
export const wrongCodes = (secret: string, now: number, count: number): string[] => {
  const near = new Set(
    Array.from({ length: 25 }, (_, i) => totpCode(secret, now + (i - 12) * 30_000)),
  );
  return Array.from({ length: count + near.size }, (_, i) => String(i).padStart(6, "0"))
    .filter((code) => !near.has(code))
    .slice(0, count);
};

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const fromBase32 = (text: string): Buffer => {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"));
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
