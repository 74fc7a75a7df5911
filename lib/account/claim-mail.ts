import type { AccountStore } from "./account-store.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailIndex } from "./mail-index.ts";

/** An account that claimed a mail has this long to be saved with it; a function ends long before. */
const settleSeconds = 60;

/**
 * Makes this account the one that a mail finds. False: another account has the mail. An entry whose account does not
 * have the mail (its creation broke off, or its mail changed) is taken over once it is a minute old: before that,
 * somebody may be on the way between claiming and saving.
 */
export const claimMail = async (
  { mails, accounts }: { readonly mails: MailIndex; readonly accounts: AccountStore },
  mail: { readonly key: string; readonly email: string },
  accountId: AccountId,
  now: Instant,
): Promise<boolean> => {
  const mine = { accountId, claimedAt: now };
  if (await mails.claim(mail.key, mine)) return true;
  const theirs = await mails.find(mail.key);
  if (!theirs) return mails.claim(mail.key, mine);
  if (now < theirs.claimedAt + settleSeconds * 1000) return false;
  const holder = await accounts.load(theirs.accountId);
  return holder?.value.email === mail.email ? false : mails.claim(mail.key, mine, theirs);
};
