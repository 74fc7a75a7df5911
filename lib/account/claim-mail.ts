import { versionAfter, type AccountStore, type Version } from "./account-store.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailClaim, MailIndex } from "./mail-index.ts";

/** After a claim, the new account must be created within this time. A function ends long before. */
const creationSeconds = 60;

export type Claiming = {
  readonly mails: MailIndex;
  readonly accounts: AccountStore;
  /** A fresh random name. */
  readonly newName: () => Version;
};

/** A mail in its canonical form, and the keys of its index entries: its `mailKeys`. */
export type EnteredMail = { readonly keys: readonly string[]; readonly email: string };

/**
 * Enters this account as the one to which the mail leads. Returns false if another account has the mail.
 *
 * During a rotation the function claims the mail under every key. All instances use the same order, whichever key is
 * first in their ring. So two instances that claim the same mail at once meet at the first key that both know, and one
 * of them wins.
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
 * Claims the mail under one key. It takes over an entry whose account does not have the mail (its mail changed, or a
 * change of it broke off). Before that, it saves that account unchanged under a new version (a fence). A request that
 * was about to save the mail into that account then loses the race and must claim the mail again.
 *
 * Attacks considered: a change of mail is held up between its claim and its save, and meanwhile another account claims
 * that mail (the save fails, and the new claim is refused); the same with the release of an older entry (`nonce`).
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
    // The account is being created with this mail, or its creation broke off.
    const isOld = mine.claimedAt >= theirs.claimedAt + creationSeconds * 1000;
    return isOld ? mails.claim(mail.key, mine, theirs) : false;
  }
  if (holder.value.email === mail.email) return false;
  const fence = versionAfter(newName(), holder.version);
  if ((await accounts.save(holder.value, holder.version, fence)) === "conflict") return false;
  return mails.claim(mail.key, mine, theirs);
};

/** The entries of a mail that lead to this account, by key. */
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
