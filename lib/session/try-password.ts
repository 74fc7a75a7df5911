import type { Account, Context } from "../account/account.ts";
import type { AccountStore, Version, Versioned } from "../account/account-store.ts";
import { AccountBusy } from "../account/decide-account.ts";
import { parseAccountId, type Instant } from "../account/ids.ts";
import { mailKey, type MailIndex } from "../account/mail-index.ts";
import { checkPassword, hashPassword } from "../crypto/password-hash.ts";
import { keyedHash, type SecretKey } from "../crypto/secret-key.ts";
import { addressGroup } from "../guard/address.ts";
import type { Counter } from "../guard/counter.ts";
import {
  chargePassword,
  type PasswordCharge,
  type PasswordGuard,
  type PasswordGuesses,
} from "../guard/password-guard.ts";
import type { RightPassword } from "./first-step.ts";

/** What a password is tried with. */
export type PasswordDoor = {
  readonly accounts: AccountStore;
  readonly mails: MailIndex;
  readonly guard: PasswordGuard;
  /** Wrong tries of an address, over all mails. */
  readonly addresses: Counter;
  readonly lookupKey: () => Promise<SecretKey>;
  readonly newVersion: () => Version;
  readonly salt: () => Buffer;
};

export type PasswordTry =
  | { readonly kind: "paused"; readonly until: Instant }
  | { readonly kind: "wrong" }
  | {
      readonly kind: "right";
      readonly loaded: Versioned<Account>;
      readonly password: RightPassword;
      /** Forgives the charge; call it once the answer is known to be a success. */
      readonly forgive: () => Promise<void>;
    };

/** An id that no account has, loaded where a mail is unknown so that this takes as many round trips. */
const nobody = parseAccountId("nobody");

/**
 * Tries a password. The charge is saved before the password is looked at, and a mail that nobody has goes the same
 * way as one that somebody has: as many round trips, one hash, the same answers.
 *
 * Two sequential round trips to storage.
 */
export async function tryPassword(
  door: PasswordDoor,
  {
    email,
    password,
    ip,
  }: { readonly email: string; readonly password: string; readonly ip: string },
  context: Context,
): Promise<PasswordTry> {
  const { now, limits } = context;
  const key = await door.lookupKey();
  const address = addressGroup(ip);
  const guardKey = keyedHash(key, "password", email, address);
  const addressKey = keyedHash(key, "address", address);
  const addressWindow = limits.passwords.addressWindowSeconds;
  const [guesses, claim, tries] = await Promise.all([
    door.guard.load(guardKey),
    door.mails.find(mailKey(key, email)),
    door.addresses.add(addressKey, now, addressWindow),
  ]);
  const { perAddress } = limits.passwords;
  if (tries.count > perAddress) return { kind: "paused", until: tries.freeAt(perAddress) };

  const accountId = claim?.accountId ?? nobody;
  const [charge, loaded] = await Promise.all([
    saveCharge(door, guardKey, guesses, context),
    accountId && door.accounts.load(accountId),
  ]);
  if (charge.kind === "paused") return charge;

  const stored = loaded?.value.email === email ? loaded.value.password : null;
  const { right, outdated } = await checkPassword(password, stored);
  if (!right || !loaded || stored === null) return { kind: "wrong" };
  return {
    kind: "right",
    loaded,
    password: {
      email,
      verifiedHash: stored,
      rehashed: outdated ? await hashPassword(password, door.salt()) : undefined,
    },
    forgive: async () => {
      await Promise.all([
        door.guard.clear(guardKey),
        door.addresses.add(addressKey, now, addressWindow, -1),
      ]);
    },
  };
}

/** Charges in compare-and-set: of a burst, as many are charged as are let through. */
async function saveCharge(
  { guard, newVersion }: PasswordDoor,
  key: string,
  loaded: Versioned<PasswordGuesses> | undefined,
  context: Context,
): Promise<PasswordCharge> {
  let seen = loaded;
  for (let tries = 0; tries < 6; tries += 1) {
    const charge = chargePassword(seen?.value, context);
    if (charge.kind === "paused") return charge;
    const next = newVersion();
    if ((await guard.save(key, charge.guesses, seen?.version, next)) === "saved") return charge;
    seen = await guard.load(key);
    if (seen?.version === next) return charge;
  }
  throw new AccountBusy();
}
