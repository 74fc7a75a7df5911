import { createHash } from "node:crypto";

/** Makes bytes that look random and are the same in every run. */
export const seededRandom = (seed: string): ((bytes: number) => Buffer) => {
  let made = 0;
  return (bytes) => {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, () => {
      made += 1;
      return createHash("sha256").update(`${seed} ${made}`).digest();
    });
    return Buffer.concat(blocks).subarray(0, bytes);
  };
};
