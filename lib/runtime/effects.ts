import type { Account } from "../account/account.ts";
import { fallbackEffects, type FallbackEffect } from "../phone/fallback/fallback-effects.ts";
import { telegramEffects, type TelegramEffect } from "../telegram/telegram-effects.ts";

/**
 * What a saved decision sets going outside, by ids only. Whoever performs it loads the account again and acts on what
 * is true then.
 */
export type Effect = TelegramEffect | FallbackEffect;

/** The effects of a save, read off what it changed: no decision can forget one. */
export const effectsOf = (before: Account, after: Account): Effect[] => [
  ...telegramEffects(before, after),
  ...fallbackEffects(before, after),
];
