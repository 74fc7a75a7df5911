import { versionAfter, type AccountStore, type Version } from "./account-store.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailClaim, MailIndex } from "./mail-index.ts";

/** An account that claimed a mail has this long to be created with it; a function ends long before. */
const creationSeconds = 60;

export type Claiming = {
  readonly mails: MailIndex;
  readonly accounts: AccountStore;
  /** A fresh random name. */
  readonly newName: () => Version;
};

/** A mail in its canonical form, and where it may be entered: its `mailKeys`. */
export type EnteredMail = { readonly keys: readonly string[]; readonly email: string };

/**
 * Makes this account the one that a mail finds. False: another account has the mail.
 *
 * While keys are rotated the mail is claimed under each of them, in an order that all instances agree on whichever key
 * they make with: any two that claim the same mail at once meet at the first key that both know, and one of them wins.
 */
export const claimMail = async (
  claiming: Claiming,
  mail: EnteredMail,
  accountId: AccountId,
  now: Instant,
): Promise<boolean> => {
  const mine = { accountId, claimedAt: now, nonce: claiming.newName() };
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
 * An entry whose account does not have the mail (its mail changed, or a change of it broke off) is taken over. Before
 * that the account is saved as it is, under a new version: whoever was about to save the mail into it loses the race and
 * has to claim the mail again, from whom has it now.
 *
 * Attacks considered: a change of mail that is held between its claim and its save while another account asks for that
 * mail (the save fails, the claim is made again and refused); the same with the release of an older entry (`nonce`).
 */
const claimUnder = async (
  { mails, accounts, newName }: Claiming,
  mail: { readonly key: string; readonly email: string },
  mine: MailClaim,
): Promise<boolean> => {
  if (await mails.claim(mail.key, mine)) return true;
  const theirs = await mails.find(mail.key);
  if (!theirs) return mails.claim(mail.key, mine);
  const holder = await accounts.load(theirs.accountId);
  if (!holder) {
    // It is just being created with this mail, or its creation broke off.
    const isOld = mine.claimedAt >= theirs.claimedAt + creationSeconds * 1000;
    return isOld ? mails.claim(mail.key, mine, theirs) : false;
  }
  if (holder.value.email === mail.email) return false;
  const fence = versionAfter(newName(), holder.version);
  if ((await accounts.save(holder.value, holder.version, fence)) === "conflict") return false;
  return mails.claim(mail.key, mine, theirs);
};

/** What the index says of a mail of this account, by key. */
export const ownEntries = async (
  mails: MailIndex,
  keys: readonly string[],
  accountId: AccountId,
): Promise<ReadonlyMap<string, MailClaim>> => {
  const found = await Promise.all(keys.map(async (key) => [key, await mails.find(key)] as const));
  return new Map(
    found.flatMap(([key, one]) => (one?.accountId === accountId ? [[key, one] as const] : [])),
  );
};
