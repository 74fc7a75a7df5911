import type { User } from "grammy/types";
import type { TelegramUser } from "../account/telegram.ts";
import { nearest, type Languages } from "../settings/languages.ts";

/**
 * A Telegram user as the page shows them: "Ann Lee (@ann)". The name is the user's own text. The function removes
 * characters that cannot be seen or that turn the direction of what follows, and `@`, which only stands before a
 * handle. It cuts the name to a length that fits a line. The language is the offered one nearest to the user's.
 */
export const telegramUser = (from: User, languages: Languages): TelegramUser => {
  const name = visible([from.first_name, from.last_name ?? ""].join(" "), 40) || "Telegram user";
  const handle = /^\w{1,32}$/.test(from.username ?? "") ? ` (@${from.username ?? ""})` : "";
  return { userId: from.id, name: name + handle, language: nearest(languages, from.language_code) };
};

const visible = (text: string, length: number): string =>
  Array.from(
    text
      .replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800@]/gu, "")
      .replace(/\s+/g, " ")
      .trim(),
  )
    .slice(0, length)
    .join("");
