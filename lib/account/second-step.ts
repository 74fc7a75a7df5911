import type { Account } from "./account.ts";
import { telegramIsOn } from "./telegram.ts";

/** Every factor that can answer a second step. Each list of factors must contain all of them. */
export type FactorName = "telegram" | "totp" | "phone" | "recoveryCodes";

/**
 * Whether a factor is on and can stand alone. Phones and recovery codes never can: an attacker can take over a SIM card
 * with a phone call to its provider, and a sheet of codes is not for daily use.
 */
const standsAlone: Readonly<Record<FactorName, (account: Account) => boolean>> = {
  telegram: ({ telegram }) => telegramIsOn(telegram),
  totp: ({ authenticators }) => authenticators.length > 0,
  phone: () => false,
  recoveryCodes: () => false,
};

/** The second step is on while at least one factor that can stand alone is on. */
export const secondStepIsOn = (account: Account): boolean =>
  Object.values(standsAlone).some((stands) => stands(account));
