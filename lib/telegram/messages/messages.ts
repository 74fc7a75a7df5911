import type { Locale } from "../../account/account.ts";
import type { Catalogue } from "./catalogue.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { uk } from "./uk.ts";

export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, uk, ru };

/** The language to speak with a Telegram user (an IETF tag, or none). English where we have nothing nearer. */
export const localeOf = (languageCode: string | undefined): Locale => {
  const language = languageCode?.split("-")[0]?.toLowerCase();
  return language === "uk" || language === "ru" ? language : "en";
};
