import { keyedHash, secretKey, type KeyPurpose, type SecretKey } from "./secret-key.ts";
import { secretLines } from "./secret-lines.ts";

/**
 * The keys of one purpose. The first makes, all of them check: everybody learns a new key before anybody makes something
 * with it, and an old one is good for as long as something made with it is left.
 */
export type KeyRing = readonly [makes: SecretKey, ...others: SecretKey[]];

/** The keys of a secret's text, see `secretLines`. One bad line spoils all: half a ring would refuse what is right. */
export const keyRing = (text: string, purpose: KeyPurpose): KeyRing => {
  const [first, ...others] = secretLines(text);
  return [secretKey(first, purpose), ...others.map((line) => secretKey(line, purpose))];
};

/** The hash under every key, the one that makes first. */
export const keyedHashes = (keys: KeyRing, ...parts: readonly string[]): PerKey<string> => {
  const [first, ...others] = keys;
  return [keyedHash(first, ...parts), ...others.map((key) => keyedHash(key, ...parts))];
};

/** Something for each key of a ring, in its order. */
export type PerKey<T> = readonly [first: T, ...others: T[]];
