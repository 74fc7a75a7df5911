import type { Account } from "../account/account.ts";
import type { Locale } from "../settings/languages.ts";
import type { Instant } from "../account/ids.ts";
import type { Challenge } from "../account/challenge.ts";
import type { SignIn } from "./messages/catalogue.ts";

/** A sign-in in words that the person recognises. */
export const signInText = (
  account: Account,
  challenge: Challenge,
  service: string,
  language: Locale,
): SignIn => ({
  service,
  account: maskedEmail(account.email),
  device: challenge.client.device,
  ip: challenge.client.ip,
  time: timeText(challenge.openedAt, language),
});

/** "24 Nov 2026, 10:00 UTC", in the words of the language. */
export const timeText = (at: Instant, language: Locale): string =>
  `${clock(language).format(at)} UTC`;

/** "a•••@example.com": enough for a person to tell their own accounts apart, in a chat that others may see. */
export const maskedEmail = (email: string): string => {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
};

const clock = (language: Locale) =>
  new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
