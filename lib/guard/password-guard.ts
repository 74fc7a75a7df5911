import type { Context } from "../account/account.ts";
import type { Version, Versioned } from "../account/account-store.ts";
import type { Instant } from "../account/ids.ts";
import { pauseSeconds } from "./pause.ts";

/**
 * Wrong passwords for one mail from one address. The record is of both together, so that guesses from another address
 * never lock the owner out. Mails without an account have records too, so that a pause does not tell which mails have
 * an account.
 */
export type PasswordGuesses = {
  readonly wrong: number;
  readonly pausedUntil: Instant;
  readonly forgottenAt: Instant;
};

const none: PasswordGuesses = { wrong: 0, pausedUntil: 0, forgottenAt: 0 };

/** Keys are keyed hashes of mail and address. */
export type PasswordGuard = {
  load(key: string): Promise<Versioned<PasswordGuesses> | undefined>;
  save(
    key: string,
    guesses: PasswordGuesses,
    seen: Version | undefined,
    next: Version,
  ): Promise<"saved" | "conflict">;
  clear(key: string): Promise<void>;
};

/**
 * The worst of several records of the same mail and address. During a rotation there is a record under each key, and
 * what one of them remembers counts under all.
 */
export const worstGuesses = (
  records: readonly (PasswordGuesses | undefined)[],
  { now }: Context,
): PasswordGuesses | undefined =>
  records
    .filter((one) => one !== undefined)
    .filter(({ forgottenAt }) => forgottenAt > now)
    .reduce<PasswordGuesses | undefined>(
      (worst, one) => ({
        wrong: Math.max(worst?.wrong ?? 0, one.wrong),
        pausedUntil: Math.max(worst?.pausedUntil ?? 0, one.pausedUntil),
        forgottenAt: Math.max(worst?.forgottenAt ?? 0, one.forgottenAt),
      }),
      undefined,
    );

export type PasswordReservation =
  | { readonly kind: "reserved"; readonly guesses: PasswordGuesses }
  | { readonly kind: "paused"; readonly until: Instant };

/** Reserves one try, as if it were wrong, before the password is compared. A right password clears the record. */
export const reservePassword = (
  guesses: PasswordGuesses | undefined,
  { now, limits }: Context,
): PasswordReservation => {
  const { wrong, pausedUntil } = guesses && guesses.forgottenAt > now ? guesses : none;
  if (pausedUntil > now) return { kind: "paused", until: pausedUntil };
  const pause = pauseSeconds(wrong + 1, limits.passwords);
  return {
    kind: "reserved",
    guesses: {
      wrong: wrong + 1,
      pausedUntil: now + pause * 1000,
      forgottenAt: now + limits.passwords.rememberSeconds * 1000,
    },
  };
};
