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

/** The services that `tryPassword` needs. */
export type PasswordServices = {
  readonly accounts: AccountStore;
  readonly mails: MailIndex;
  readonly guard: PasswordGuard;
  /** Tries of an address, over all mails; right ones are refunded. */
  readonly addresses: Counter;
  readonly lookupKeys: () => Promise<KeyRing>;
  readonly newVersion: () => Version;
  readonly salt: () => Buffer;
};

export type PasswordTry =
  | { readonly kind: "paused"; readonly until: Instant }
  /** `account`: the account that has the mail; undefined: none has. It is for the operator, never for the answer. */
  | { readonly kind: "wrong"; readonly account: AccountId | undefined }
  | {
      readonly kind: "right";
      readonly loaded: Versioned<Account>;
      readonly password: RightPassword;
      /** Refunds the reserved try, and does what else follows a success. Call it when the success is certain. */
      readonly forgive: () => Promise<void>;
    };

/** An id that no account has. For an unknown mail we load this id, so that the number of round trips is the same. */
const nobody = "nobody" as AccountId;

/**
 * Tries a password. The function reserves the try before it compares the password. A mail without an account takes the
 * same path as a mail with one: the same round trips, one hash, the same answers.
 *
 * It makes two sequential round trips to storage.
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
    // One load for each key, whether an entry was found or not: so the number of loads tells nothing.
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
        // During a rotation the mail may have an entry under an older key only: enter it under the first key.
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
