import * as z from "zod/mini";

/** One line of an authenticator app. */
export const Account = z.object({
  issuer: z.string(),
  name: z.string(),
  /** Base32, without padding. */
  secret: z.string(),
  algorithm: z.enum(["sha1", "sha256", "sha512"]),
  digits: z.union([z.literal(6), z.literal(7), z.literal(8)]),
  periodSeconds: z.int().check(z.gte(1), z.lte(3600)),
});

export type Account = z.infer<typeof Account>;
