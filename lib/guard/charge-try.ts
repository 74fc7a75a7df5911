import type { Context } from "../account/account.ts";
import type { Version, Versioned } from "../account/account-store.ts";
import { AccountBusy } from "../account/decide-account.ts";
import {
  chargePassword,
  worstGuesses,
  type PasswordCharge,
  type PasswordGuard,
  type PasswordGuesses,
} from "./password-guard.ts";

export type ChargeDeps = { readonly guard: PasswordGuard; readonly newVersion: () => Version };

type Loaded = Versioned<PasswordGuesses> | undefined;

/**
 * Charges one try of a password under each of its keys, beginning from the worst that any of them remembers. Paused
 * under one is paused.
 *
 * @param loaded what is known under the keys, in their order.
 */
export async function chargeTry(
  deps: ChargeDeps,
  keys: readonly string[],
  loaded: readonly Loaded[],
  context: Context,
): Promise<PasswordCharge> {
  const worst = worstGuesses(
    loaded.map((one) => one?.value),
    context,
  );
  const now = chargePassword(worst, context);
  if (now.kind === "paused") return now;
  const charges = await Promise.all(
    keys.map((key, i) => saveCharge(deps, key, loaded[i], worst, context)),
  );
  return charges.find(({ kind }) => kind === "paused") ?? now;
}

/** Charges in compare-and-set: of a burst, as many are charged as are let through. */
async function saveCharge(
  { guard, newVersion }: ChargeDeps,
  key: string,
  loaded: Loaded,
  worst: PasswordGuesses | undefined,
  context: Context,
): Promise<PasswordCharge> {
  let seen = loaded;
  for (let tries = 0; tries < 6; tries += 1) {
    const charge = chargePassword(worstGuesses([seen?.value, worst], context), context);
    if (charge.kind === "paused") return charge;
    const next = newVersion();
    if ((await guard.save(key, charge.guesses, seen?.version, next)) === "saved") return charge;
    seen = await guard.load(key);
    if (seen?.version === next) return charge;
  }
  throw new AccountBusy();
}
