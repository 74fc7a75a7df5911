import * as z from "zod/mini";
import type { Locale } from "../../../../lib/settings/languages.ts";
import { Account } from "../authenticator/account.ts";

/** The languages in which the bot speaks. */
export const languages: Readonly<Record<Locale, string>> = {
  en: "English",
  uk: "Українська",
  ru: "Русский",
};

export type PhoneLanguage = Locale;

export const isPhoneLanguage = (tag: string): tag is PhoneLanguage => Object.hasOwn(languages, tag);

/** A phone as this page keeps it. It refers to what lies on the stack, and holds what lies on the phone alone. */
export const Phone = z.object({
  id: z.string(),
  /** The owner's name, also in Telegram. */
  owner: z.string(),
  language: z.enum(Object.keys(languages).filter(isPhoneLanguage)),
  /** The owner's id in Telegram; null until this stack knows the owner. */
  userId: z.nullable(z.number()),
  /** E.164 */
  number: z.string(),
  /** How far the phone's clock is ahead of the right time. */
  clockOffsetSeconds: z.number(),
  accounts: z.array(Account),
});

export type Phone = z.infer<typeof Phone>;

const OWNERS: readonly (readonly [string, PhoneLanguage])[] = [
  ["Ann", "en"],
  ["Olena", "uk"],
  ["Timur", "ru"],
  ["Grace", "en"],
  ["Taras", "uk"],
  ["Alan", "en"],
];

/** Prefixes of Ukrainian mobile networks. */
const PREFIXES = ["50", "63", "66", "67", "68", "93", "95", "96", "97", "98", "99"];

export type Randomness = { id: () => string; below: (limit: number) => number };

/** Makes another phone, for the first of `OWNERS` who has none yet, or for a guest. */
export function newPhone(phones: readonly Phone[], { id, below }: Randomness): Phone {
  const free = OWNERS.find(([owner]) => !phones.some((phone) => phone.owner === owner));
  const [owner, language] = free ?? [`Guest ${phones.length + 1}`, "en"];
  const prefix = PREFIXES[below(PREFIXES.length)] ?? "50";
  const rest = String(below(10_000_000)).padStart(7, "0");
  return {
    id: id(),
    owner,
    language,
    userId: null,
    number: `+380${prefix}${rest}`,
    clockOffsetSeconds: 0,
    accounts: [],
  };
}

/** A number as people write it, in E.164; undefined if it is none. */
export function readNumber(text: string): string | undefined {
  const compact = text.replace(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : undefined;
}

/** +380501234542 → +380 50 123 45 42; other numbers as they are. */
export function writeNumber(number: string): string {
  return number.replace(/^\+380(\d\d)(\d{3})(\d\d)(\d\d)$/, "+380 $1 $2 $3 $4");
}
