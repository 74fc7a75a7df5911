/** Fresh random bytes, unpredictable to anybody. */
export type Random = (bytes: number) => Buffer;

/** 256 random bits, for what is kept secret. */
export const newSecret = ({ random }: { readonly random: Random }): string =>
  random(32).toString("base64url");

/** 128 random bits, for an id that differs from every other. */
export const idBytes = ({ random }: { readonly random: Random }): Buffer => random(16);
