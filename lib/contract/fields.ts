import * as z from "zod/mini";
import { canonicalEmail } from "../account/account.ts";
import { readRecoveryCode } from "../recovery-codes/recovery-codes.ts";
import { everyLanguage } from "../settings/languages.ts";

/** A mail, brought to its canonical form. At most 254 characters [RFC 5321 §4.5.3.1.3]. */
export const Email = z.pipe(
  z.string().check(z.maxLength(254), z.trim(), z.email()),
  z.transform(canonicalEmail),
);

/** A password that a person tries: any text that could have been set. */
export const Password = z.string().check(z.minLength(1), z.maxLength(1024));

/**
 * A text of `minimum` to `maximum` characters after NFKC. Only code can count these characters, so the numbers are also
 * in `params`, where the program that writes `openapi.yaml` finds them.
 */
const charactersAfterNfkc = (minimum: number, maximum: number) =>
  z.refine<string>(
    (text) => {
      const { length } = Array.from(text.normalize("NFKC"));
      return length >= minimum && length <= maximum;
    },
    {
      error: `must have ${minimum} to ${maximum} characters`,
      params: { minimum, maximum, after: "NFKC" },
    },
  );

/** A new password: 8–256 characters after NFKC, of any kind [NIST SP 800-63B-4 §3.1.1.2]. */
export const NewPassword = z.string().check(z.maxLength(1024), charactersAfterNfkc(8, 256));

/**
 * A pattern for `counts` ASCII digits as people type them: blanks around them, and one blank or hyphen within. Digits
 * of other scripts are refused and not translated, because two spellings of a code would be two guesses. Clients find
 * this pattern in `openapi.yaml`. It has no look-ahead, which some languages do not know, and no `\d`, which matches
 * other digits in some languages.
 */
const typedDigits = (...counts: readonly number[]) => {
  const forms = counts.flatMap((count) => [
    `[0-9]{${count}}`,
    ...Array.from({ length: count - 1 }, (_, i) => `[0-9]{${i + 1}}[ -][0-9]{${count - 1 - i}}`),
  ]);
  return new RegExp(`^ *(?:${forms.join("|")}) *$`);
};

const withoutSeparators = z.transform((typed: string) => typed.replace(/[ -]/g, ""));

export const TotpCode = z.pipe(
  z.string().check(z.maxLength(32), z.regex(typedDigits(6), "must be six digits")),
  withoutSeparators,
);

/** The last four digits of the number that called, or the six digits of an SMS. */
export const PhoneCode = z.pipe(
  z.string().check(z.maxLength(32), z.regex(typedDigits(4, 6), "must be four digits, or six")),
  withoutSeparators,
);

/**
 * A recovery code in upper or lower case, with or without its hyphen. I, L and O are read as the digits that they look
 * like.
 */
export const RecoveryCode = z.pipe(
  z
    .string()
    .check(
      z.maxLength(32),
      z.regex(/^[ -]*(?:[0-9A-TV-Za-tv-z][ -]*){10}$/, "must be a recovery code"),
    ),
  z.transform((typed: string) => readRecoveryCode(typed) ?? ""),
);

/** A name that a person gives: 1–40 characters without the blanks around it, and no invisible characters. */
export const Name = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(40),
    z.regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "must not have control characters"),
  );

/**
 * Any language that there are words for. A service that does not offer it keeps it with the account, and uses another
 * language.
 */
export const LocaleField = z.enum(everyLanguage);

/** `<account id>.<id>.<secret>`, in a URL or a body; never a cookie's value. */
export const Token = z
  .string()
  .check(
    z.maxLength(240),
    z.regex(
      /^[A-Za-z0-9._~:@|+-]{1,128}\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{43}$/,
      "must be a token",
    ),
  );

/** A time that a client gives: ISO 8601, UTC, to the second or finer. The handler checks that the date exists. */
export const GivenTime = z
  .string()
  .check(
    z.maxLength(30),
    z.regex(
      /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z$/,
      "must be a time in UTC, such as 2026-11-24T10:00:00Z",
    ),
  );

/** ISO 8601, UTC. */
export const Time = z.iso.datetime();
export const Id = z.string();
