import * as z from "zod/mini";

const Credentials = z.strictObject({
  password: z.string().check(z.minLength(40)),
  /** The authenticator's secret in base32; absent until it was enrolled. */
  totp: z.optional(z.string().check(z.minLength(32))),
});

export type Credentials = z.output<typeof Credentials>;

/** Reads what the function wrote; undefined for the text that the template gives the secret. */
export const readCredentials = (text: string): Credentials | undefined => {
  try {
    return Credentials.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
