import type { Locale } from "../../settings/languages.ts";
import { smsSegments } from "./sms-segments.ts";

export type SmsText = {
  readonly language: Locale;
  readonly code: string;
  readonly serviceName: string;
  /** Where the person types the code: browsers fill it in there and nowhere else. */
  readonly domain: string;
};

/** The prices of `priceTable` are for so many segments. */
const maxSegments = 2;

/**
 * The text of an SMS: the code first, so that a locked screen's preview shows it; then what it is for; and a last line
 * `@<domain> #<code>`, by which browsers fill the code in [WICG: Origin-bound one-time codes]. It takes two segments at
 * most: the function leaves out what does not fit, the service's name first.
 */
export const smsText = ({ language, code, serviceName, domain }: SmsText): string => {
  const lastLine = `@${domain} #${code}`;
  const name = serviceName.replace(/\s+/g, " ").trim();
  const variants = [
    ...(name === "" ? [] : [`${code} ${words[language].of(name)}`]),
    `${code} ${words[language].short}`,
    code,
  ].map((text) => `${text}\n\n${lastLine}`);
  return variants.find((text) => smsSegments(text) <= maxSegments) ?? lastLine;
};

/** What stands after the code: with the service's name, and without it. */
const words: Readonly<
  Record<Locale, { readonly of: (name: string) => string; readonly short: string }>
> = {
  en: {
    of: (name) => `is your ${name} code. Never tell it to anybody.`,
    short: "is your code. Never tell it to anybody.",
  },
  uk: {
    of: (name) => `- ваш код ${name}. Не кажіть його нікому.`,
    short: "- ваш код. Не кажіть його нікому.",
  },
  ru: {
    of: (name) => `- ваш код ${name}. Не говорите его никому.`,
    short: "- ваш код. Не говорите его никому.",
  },
};
