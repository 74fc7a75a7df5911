import type { Account } from "../account/account.ts";
import { fallbackEffects, type FallbackEffect } from "../phone/fallback/fallback-effects.ts";
import { telegramEffects, type TelegramEffect } from "../telegram/telegram-effects.ts";

/**
 * What a saved decision sets going outside, by ids only. The code that performs an effect loads the account again and
 * acts on what is true then.
 */
export type Effect = TelegramEffect | FallbackEffect;

/** Returns the effects of a save. They are read off the change itself, so no decision can forget one. */
export const effectsOf = (before: Account, after: Account): Effect[] => [
  ...telegramEffects(before, after),
  ...fallbackEffects(before, after),
];
