import * as z from "zod/mini";
import { canonicalEmail } from "../account/account.ts";
import { readRecoveryCode } from "../recovery-codes/recovery-codes.ts";
import { everyLanguage } from "../settings/languages.ts";

/** A mail, brought to its canonical form. At most 254 characters [RFC 5321 §4.5.3.1.3]. */
export const Email = z.pipe(
  z.string().check(z.maxLength(254), z.trim(), z.email()),
  z.transform(canonicalEmail),
);

/** A password that is being tried: anything that could have been set. */
export const Password = z.string().check(z.minLength(1), z.maxLength(1024));

/** A password that is being set: 8–256 characters after NFKC, any of them [NIST SP 800-63B-4 §3.1.1.2]. */
export const NewPassword = z.string().check(
  z.maxLength(1024),
  z.refine((text) => {
    const { length } = Array.from(text.normalize("NFKC"));
    return length >= 8 && length <= 256;
  }, "must have 8 to 256 characters"),
);

/**
 * Six ASCII digits as people type them: blanks around, one blank or hyphen within. Digits of other scripts are refused,
 * not translated: two spellings of a code are two guesses.
 */
export const TotpCode = z.pipe(
  z
    .string()
    .check(
      z.maxLength(32),
      z.regex(/^ *(?=(?:[ -]?\d){6} *$)\d+(?:[ -]?\d+)? *$/, "must be six digits"),
    ),
  z.transform((typed: string) => typed.replace(/[ -]/g, "")),
);

/** The last four digits of the number that called, or the six of an SMS; typed as `TotpCode`. */
export const PhoneCode = z.pipe(
  z
    .string()
    .check(
      z.maxLength(32),
      z.regex(
        /^ *(?=(?:(?:[ -]?\d){4}|(?:[ -]?\d){6}) *$)\d+(?:[ -]?\d+)? *$/,
        "must be four digits, or six",
      ),
    ),
  z.transform((typed: string) => typed.replace(/[ -]/g, "")),
);

/** A recovery code in any case, with or without its hyphen. */
export const RecoveryCode = z.pipe(
  z.string().check(
    z.maxLength(32),
    z.refine((typed) => readRecoveryCode(typed) !== undefined, "must be a recovery code"),
  ),
  z.transform((typed: string) => readRecoveryCode(typed) ?? ""),
);

/** A name that a person gives: 1–40 characters, none of them invisible. */
export const Name = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(40),
    z.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "must not have control characters"),
  );

/** Any language that there are words for: a service that does not offer it keeps it, and speaks another. */
export const LocaleField = z.enum(everyLanguage);

/** `<account id>.<challenge id>.<secret>`, in a URL or a path; never a cookie's value. */
export const Token = z
  .string()
  .check(
    z.maxLength(200),
    z.regex(/^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{43}$/, "must be a token"),
  );

/** ISO 8601, UTC. */
export const Time = z.iso.datetime();
export const Id = z.string();
