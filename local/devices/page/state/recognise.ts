import type { Account } from "../authenticator/account.ts";
import { readAccount } from "../authenticator/read-account.ts";

/** What a phone understands from a text. */
export type Recognised =
  | { kind: "telegram_link"; bot: string; token: string }
  | { kind: "account"; account: Account }
  | { kind: "nothing" };

/** Recognises a link to a Telegram bot, an `otpauth:` link or a key in what was pasted, dropped or read off a QR code. */
export function recognise(text: string): Recognised {
  const link = readTelegramLink(text.trim());
  if (link) return { kind: "telegram_link", ...link };
  const account = readAccount(text);
  return account ? { kind: "account", account } : { kind: "nothing" };
}

/** https://core.telegram.org/api/links#bot-links */
function readTelegramLink(text: string): { bot: string; token: string } | undefined {
  if (!/^\S+$/.test(text)) return undefined;
  const [, named, query = ""] =
    /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\/?(?:\?(.*))?$/i.exec(text) ?? [];
  const [, resolved] = /^tg:\/\/resolve\/?\?(.*)$/i.exec(text) ?? [];
  const parameters = new URLSearchParams(resolved ?? query);
  const bot = named ?? parameters.get("domain") ?? "";
  return bot === "" ? undefined : { bot, token: parameters.get("start") ?? "" };
}
