import type { AccountStore } from "../../lib/account/account-store.ts";
import type { Claiming } from "../../lib/account/claim-mail.ts";
import type { AccountId, Instant } from "../../lib/account/ids.ts";
import type { MailClaim, MailIndex } from "../../lib/account/mail-index.ts";

/** A claim of a mail; two of one account at different times are two. */
export const aClaim = (accountId: AccountId, claimedAt: Instant): MailClaim => ({
  accountId,
  claimedAt,
  nonce: `${accountId}-${claimedAt}`,
});

let names = 0;

/** What mails are claimed with; names are numbered, and never given twice. */
export const claimingOf = (mails: MailIndex, accounts: AccountStore): Claiming => ({
  mails,
  accounts,
  newName: () => `name-${(names += 1)}`,
});
