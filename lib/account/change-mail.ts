import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account } from "./account.ts";
import { claimMail, ownEntries, type Claiming } from "./claim-mail.ts";
import type { Instant } from "./ids.ts";
import { mailKeys, type MailClaim } from "./mail-index.ts";

/** What the index is ready for: the mail stays, moves from the entries that are left behind, or is another account's. */
export type MailMove =
  | { readonly kind: "stays" }
  | { readonly kind: "moves"; readonly left: ReadonlyMap<string, MailClaim> }
  | { readonly kind: "taken" };

/**
 * Readies the index for an account that is about to be saved with this mail. In this order one account a mail holds
 * whatever is held up or breaks off in between:
 * 1. the account was read; entries of its old mail are looked at, and the new mail is claimed;
 * 2. the account is saved, if nobody saved since it was read;
 * 3. exactly the entries that were looked at are released. One that a later change made anew has another nonce, and stays.
 *
 * A mail that stays is only looked at; where an entry is missing (a key is new, a change broke off) it is made.
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

/** Gives back the entries of the old mail, once the account is saved with the new one. */
export const releaseMail = async (claiming: Claiming, move: MailMove): Promise<void> => {
  if (move.kind !== "moves") return;
  await Promise.all([...move.left].map(([key, entry]) => claiming.mails.release(key, entry)));
};
