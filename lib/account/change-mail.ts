import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account } from "./account.ts";
import { claimMail, ownEntries, type Claiming } from "./claim-mail.ts";
import type { Instant } from "./ids.ts";
import { mailKeys, type MailClaim } from "./mail-index.ts";

/** The mail stays; or it moves, and `left` are the entries of the old mail; or another account has the new mail. */
export type MailMove =
  | { readonly kind: "stays" }
  | { readonly kind: "moves"; readonly left: ReadonlyMap<string, MailClaim> }
  | { readonly kind: "taken" };

/**
 * Prepares the index for an account that will be saved with this mail. A mail never belongs to two accounts, even if a
 * step is late or breaks off, because the steps have this order:
 * 1. the caller has read the account; this function reads the entries of its old mail and claims the new mail;
 * 2. the caller saves the account, if nobody saved since it was read;
 * 3. `releaseMail` removes exactly the entries that were read. An entry that a later change made has another nonce, and
 *    stays.
 *
 * For a mail that stays, the function reads its entries and makes a missing one (a key is new, or a change broke off).
 */
export const prepareMail = async (
  claiming: Claiming,
  keys: KeyRing,
  account: Account,
  email: string,
  now: Instant,
): Promise<MailMove> => {
  const { mails } = claiming;
  const wanted = mailKeys(keys, email);
  if (account.email === email) {
    const own = await ownEntries(mails, wanted, account.id);
    const missing = wanted.filter((key) => !own.has(key));
    if (missing.length > 0) await claimMail(claiming, { keys: missing, email }, account.id, now);
    return { kind: "stays" };
  }
  const left = await ownEntries(mails, mailKeys(keys, account.email), account.id);
  return (await claimMail(claiming, { keys: wanted, email }, account.id, now))
    ? { kind: "moves", left }
    : { kind: "taken" };
};

/** Removes the entries of the old mail. The caller has saved the account with the new mail before. */
export const releaseMail = async (claiming: Claiming, move: MailMove): Promise<void> => {
  if (move.kind !== "moves") return;
  await Promise.all([...move.left].map(([key, entry]) => claiming.mails.release(key, entry)));
};
