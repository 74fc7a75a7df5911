import { timingSafeEqual } from "node:crypto";

/** Compares two strings that are hashes. The time does not show where they differ. */
export const equalHashes = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
