import type { PhoneNumber } from "../account/phone-number.ts";
import { parsePhoneNumberFromString, type PhoneNumberType } from "libphonenumber-js/max";

/** ISO 3166-1 alpha-2, as libphonenumber tells it: +7 is Russia or Kazakhstan, +1 is many countries. */
export type Country = string;

export type AllowedCountries = "all" | readonly Country[];

/** `all`, or `UA,KZ`. */
export const readAllowedCountries = (text: string): AllowedCountries =>
  text === "all" ? text : text.split(",").map((country) => country.trim().toUpperCase());

export type ReadNumber =
  | { readonly kind: "number"; readonly number: PhoneNumber; readonly country: Country }
  | { readonly kind: "invalid_number" }
  | { readonly kind: "country_not_allowed" };

/**
 * Only ASCII, as with codes: two spellings of a number must not be two numbers. Only the international form: without it
 * the country would be a guess.
 */
const typedForm = /^ *\+\d[\d ().\-/]{4,30} *$/;

/**
 * The types of numbers that belong to a person. Every other type is refused, so one that is not known yet is refused
 * too. Premium rate, shared cost and personal numbers earn their owner money by each call, and anybody can get VoIP
 * numbers by the thousand. A number that is in no country's plan has no type at all.
 */
const ofPersons: ReadonlySet<PhoneNumberType | undefined> = new Set<PhoneNumberType>([
  "MOBILE",
  "FIXED_LINE",
  "FIXED_LINE_OR_MOBILE",
]);

/**
 * Reads the number that a person typed. Satellite and other numbers of no country (+870, +881, +882, +883, …) are
 * invalid here, whichever countries are allowed.
 */
export const readPhoneNumber = (
  text: string,
  { allowedCountries }: { readonly allowedCountries: AllowedCountries },
): ReadNumber => {
  if (!typedForm.test(text)) return { kind: "invalid_number" };
  const parsed = parsePhoneNumberFromString(text.trim(), { extract: false });
  if (!parsed?.country || !ofPersons.has(parsed.getType())) {
    return { kind: "invalid_number" };
  }
  if (allowedCountries !== "all" && !allowedCountries.includes(parsed.country)) {
    return { kind: "country_not_allowed" };
  }
  return {
    kind: "number",
    number: parsed.number as PhoneNumber,
    country: parsed.country,
  };
};

/** The country whose prices and carriers count for the number. */
export const countryOf = (number: PhoneNumber): Country =>
  parsePhoneNumberFromString(number)?.country ?? "";

/** False for landlines, which can only be called. Where a plan does not tell them apart (+1), true. */
export const canReceiveSms = (number: PhoneNumber): boolean => {
  const type = parsePhoneNumberFromString(number)?.getType();
  return type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE";
};

/**
 * `+380 ** *** ** 42`: the calling code, and only the last two digits of the rest. The hidden digits are grouped from
 * the right, first two, then threes: the owner sees how long the number is, and a stranger sees no more.
 */
export const maskedNumber = (number: PhoneNumber): string => {
  const parsed = parsePhoneNumberFromString(number);
  const national = parsed?.nationalNumber ?? number.slice(1);
  const hidden = Math.max(0, national.length - 2);
  const threes = Math.ceil(Math.max(0, hidden - 2) / 3);
  const groups = Array.from({ length: threes }, (_, index) =>
    "*".repeat(Math.min(3, hidden - 2 - 3 * (threes - 1 - index))),
  );
  return [
    ...(parsed ? [`+${parsed.countryCallingCode}`] : []),
    ...groups,
    "*".repeat(Math.min(2, hidden)),
    national.slice(-2),
  ].join(" ");
};
