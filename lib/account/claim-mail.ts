import type { AccountStore } from "./account-store.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailClaim, MailIndex } from "./mail-index.ts";

/** An account that claimed a mail has this long to be saved with it; a function ends long before. */
const settleSeconds = 60;

type Claiming = { readonly mails: MailIndex; readonly accounts: AccountStore };

/**
 * Makes this account the one that a mail finds. False: another account has the mail.
 *
 * While keys are rotated the mail is claimed under each of them, in an order that all instances agree on whichever key
 * they make with: any two that claim the same mail at once meet at the first key that both know, and one of them wins.
 *
 * @param mail its `mailKeys`.
 */
export const claimMail = async (
  claiming: Claiming,
  mail: { readonly keys: readonly string[]; readonly email: string },
  accountId: AccountId,
  now: Instant,
): Promise<boolean> => {
  const mine = { accountId, claimedAt: now };
  const claimed: string[] = [];
  for (const key of [...mail.keys].sort()) {
    if (!(await claimUnder(claiming, { key, email: mail.email }, mine))) {
      await Promise.all(claimed.map((one) => claiming.mails.release(one, mine)));
      return false;
    }
    claimed.push(key);
  }
  return true;
};

/**
 * An entry whose account does not have the mail (its creation broke off, or its mail changed) is taken over once it is
 * a minute old: before that, somebody may be on the way between claiming and saving.
 */
const claimUnder = async (
  { mails, accounts }: Claiming,
  mail: { readonly key: string; readonly email: string },
  mine: MailClaim,
): Promise<boolean> => {
  if (await mails.claim(mail.key, mine)) return true;
  const theirs = await mails.find(mail.key);
  if (!theirs) return mails.claim(mail.key, mine);
  if (mine.claimedAt < theirs.claimedAt + settleSeconds * 1000) return false;
  const holder = await accounts.load(theirs.accountId);
  return holder?.value.email === mail.email ? false : mails.claim(mail.key, mine, theirs);
};
