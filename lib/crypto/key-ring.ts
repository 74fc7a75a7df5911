import { keyedHash, secretKey, type KeyPurpose, type SecretKey } from "./secret-key.ts";
import { secretLines } from "./secret-lines.ts";

/**
 * The keys of one purpose. The first key makes new values; all keys check. So all instances learn a new key before one
 * of them makes something with it, and an old key stays as long as something made with it is left.
 */
export type KeyRing = readonly [makes: SecretKey, ...others: SecretKey[]];

/** The keys of a secret's text, see `secretLines`. Throws if one line is bad: half a ring would refuse right values. */
export const keyRing = (text: string, purpose: KeyPurpose): KeyRing => {
  const [first, ...others] = secretLines(text);
  return [secretKey(first, purpose), ...others.map((line) => secretKey(line, purpose))];
};

/** The hash under every key, in the order of the ring. */
export const keyedHashes = (keys: KeyRing, ...parts: readonly string[]): PerKey<string> => {
  const [first, ...others] = keys;
  return [keyedHash(first, ...parts), ...others.map((key) => keyedHash(key, ...parts))];
};

/** One value for each key of a ring, in the order of the ring. */
export type PerKey<T> = readonly [first: T, ...others: T[]];
