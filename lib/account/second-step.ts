import type { Account } from "./account.ts";
import { telegramIsOn } from "./telegram.ts";

/** Everything that can answer a second step. A factor that is added here has to be given in each list of factors. */
export type FactorName = "telegram" | "totp" | "phone" | "recoveryCodes";

/**
 * Whether a factor is on and can stand alone. Phones and recovery codes never can: a SIM card is taken over by a phone
 * call to its provider, and a sheet of codes is no daily key.
 */
const standsAlone: Readonly<Record<FactorName, (account: Account) => boolean>> = {
  telegram: ({ telegram }) => telegramIsOn(telegram),
  totp: ({ authenticators }) => authenticators.length > 0,
  phone: () => false,
  recoveryCodes: () => false,
};

/** The second step is on while a factor that can stand alone is. */
export const secondStepIsOn = (account: Account): boolean =>
  Object.values(standsAlone).some((stands) => stands(account));
