import type { Context } from "../account/account.ts";
import type { Version, Versioned } from "../account/account-store.ts";
import { AccountBusy } from "../account/decide-account.ts";
import {
  reservePassword,
  worstGuesses,
  type PasswordReservation,
  type PasswordGuard,
  type PasswordGuesses,
} from "./password-guard.ts";

export type ReserveServices = { readonly guard: PasswordGuard; readonly newVersion: () => Version };

type Loaded = Versioned<PasswordGuesses> | undefined;

/**
 * Reserves one try of a password under each of its keys. Each reservation starts from the worst record of all keys. A
 * pause under one key pauses the try.
 *
 * @param loaded the record under each key, in the order of the keys.
 */
export async function reserveTry(
  services: ReserveServices,
  keys: readonly string[],
  loaded: readonly Loaded[],
  context: Context,
): Promise<PasswordReservation> {
  const worst = worstGuesses(
    loaded.map((one) => one?.value),
    context,
  );
  const reserved = reservePassword(worst, context);
  if (reserved.kind === "paused") return reserved;
  const reservations = await Promise.all(
    keys.map((key, i) => saveReservation(services, key, loaded[i], worst, context)),
  );
  return reservations.find(({ kind }) => kind === "paused") ?? reserved;
}

/** Reserves by compare-and-set, so that in a burst every try that goes through has its own reservation. */
async function saveReservation(
  { guard, newVersion }: ReserveServices,
  key: string,
  loaded: Loaded,
  worst: PasswordGuesses | undefined,
  context: Context,
): Promise<PasswordReservation> {
  let seen = loaded;
  for (let tries = 0; tries < 6; tries += 1) {
    const reservation = reservePassword(worstGuesses([seen?.value, worst], context), context);
    if (reservation.kind === "paused") return reservation;
    const next = newVersion();
    if ((await guard.save(key, reservation.guesses, seen?.version, next)) === "saved")
      return reservation;
    seen = await guard.load(key);
    if (seen?.version === next) return reservation;
  }
  throw new AccountBusy();
}
