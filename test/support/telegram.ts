import { parseTelegramAccountId } from "../../lib/account/ids.ts";
import type { TelegramAccount, TelegramFactor } from "../../lib/account/telegram.ts";
import { noTelegram } from "../../lib/account/telegram.ts";
import { noon } from "./time.ts";

/** A linked Telegram account. `n` is part of its id and its name, and is its user's number. */
export const aTelegramAccount = (n: number): TelegramAccount => {
  const id = parseTelegramAccountId(`tg_${n}`);
  if (!id) throw new Error("Not an id.");
  return { id, userId: n, name: `User ${n}`, language: "en", linkedAt: noon, reachable: true };
};

/** Telegram, switched on, with this many accounts: 1, 2, … */
export const telegramWith = (accounts: number): TelegramFactor => ({
  ...noTelegram,
  enabled: true,
  accounts: Array.from({ length: accounts }, (_, n) => aTelegramAccount(n + 1)),
});
