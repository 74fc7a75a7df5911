/** Fresh random bytes that nobody can predict. */
export type Random = (bytes: number) => Buffer;

/** 256 random bits, for a secret. */
export const newSecret = ({ random }: { readonly random: Random }): string =>
  random(32).toString("base64url");
