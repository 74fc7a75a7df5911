import type { Account, Context } from "../account/account.ts";
import type { AccountStore, Version, Versioned } from "../account/account-store.ts";
import type { AccountId, Instant } from "../account/ids.ts";
import { mailKeys, type MailIndex } from "../account/mail-index.ts";
import { keyedHashes, type KeyRing } from "../crypto/key-ring.ts";
import { checkPassword, hashPassword } from "../crypto/password-hash.ts";
import { addressGroup } from "../guard/address.ts";
import { reserveTry } from "../guard/reserve-try.ts";
import { addUnderEach, type Counter } from "../guard/counter.ts";
import type { PasswordGuard } from "../guard/password-guard.ts";
import type { RightPassword } from "./first-step.ts";

/** What a password is tried with. */
export type PasswordServices = {
  readonly accounts: AccountStore;
  readonly mails: MailIndex;
  readonly guard: PasswordGuard;
  /** Wrong tries of an address, over all mails. */
  readonly addresses: Counter;
  readonly lookupKeys: () => Promise<KeyRing>;
  readonly newVersion: () => Version;
  readonly salt: () => Buffer;
};

export type PasswordTry =
  | { readonly kind: "paused"; readonly until: Instant }
  /** `account`: whose mail it is; undefined: nobody's. For operators, never for the answer. */
  | { readonly kind: "wrong"; readonly account: AccountId | undefined }
  | {
      readonly kind: "right";
      readonly loaded: Versioned<Account>;
      readonly password: RightPassword;
      /** Refunds the reserved try, and does what else follows a success; call it once the answer is known to be one. */
      readonly forgive: () => Promise<void>;
    };

/** An id that no account has, loaded where a mail is unknown so that this takes as many round trips. */
const nobody = "nobody" as AccountId;

/**
 * Tries a password. The try is reserved before the password is looked at, and a mail that nobody has goes the same
 * way as one that somebody has: as many round trips, one hash, the same answers.
 *
 * Two sequential round trips to storage.
 */
export async function tryPassword(
  passwords: PasswordServices,
  {
    email,
    password,
    ip,
  }: { readonly email: string; readonly password: string; readonly ip: string },
  context: Context,
): Promise<PasswordTry> {
  const { now, limits } = context;
  const keys = await passwords.lookupKeys();
  const address = addressGroup(ip);
  const guardKeys = keyedHashes(keys, "password", email, address);
  const addressKeys = keyedHashes(keys, "address", address);
  const mails = mailKeys(keys, email);
  const addressWindow = limits.passwords.addressWindowSeconds;
  const [guesses, claims, tries] = await Promise.all([
    Promise.all(guardKeys.map((key) => passwords.guard.load(key))),
    Promise.all(mails.map((key) => passwords.mails.find(key))),
    addUnderEach(passwords.addresses, addressKeys, now, addressWindow),
  ]);
  const { perAddress } = limits.passwords;
  if (tries.count > perAddress) return { kind: "paused", until: tries.freeAt(perAddress) };

  const [reservation, candidates] = await Promise.all([
    reserveTry(passwords, guardKeys, guesses, context),
    // One for each key, whatever was found: entries are hints, and how many there are tells nothing.
    Promise.all(claims.map((claim) => passwords.accounts.load(claim?.accountId ?? nobody))),
  ]);
  if (reservation.kind === "paused") return reservation;

  const loaded = candidates.find((candidate) => candidate?.value.email === email);
  const stored = loaded?.value.password ?? null;
  const { right, outdated } = await checkPassword(password, stored);
  if (!right || !loaded || stored === null) return { kind: "wrong", account: loaded?.value.id };
  const { id: accountId } = loaded.value;
  return {
    kind: "right",
    loaded,
    password: {
      email,
      verifiedHash: stored,
      epoch: loaded.value.epoch,
      rehashed: outdated ? await hashPassword(password, passwords.salt()) : undefined,
    },
    forgive: async () => {
      await Promise.all([
        ...guardKeys.map((key) => passwords.guard.clear(key)),
        addUnderEach(passwords.addresses, addressKeys, now, addressWindow, -1),
        // Found under a key that is going: entered under the one that stays.
        claims[0]?.accountId !== accountId &&
          passwords.mails.claim(mails[0], {
            accountId,
            claimedAt: now,
            nonce: passwords.newVersion(),
          }),
      ]);
    },
  };
}
