import { timingSafeEqual } from "node:crypto";

/** Compares two strings that have been hashed already, in time that tells nothing of where they differ. */
export const equalHashes = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
