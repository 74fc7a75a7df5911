import type { AccountStore } from "../../lib/account/account-store.ts";
import type { Claiming } from "../../lib/account/claim-mail.ts";
import type { AccountId, Instant } from "../../lib/account/ids.ts";
import type { MailClaim, MailIndex } from "../../lib/account/mail-index.ts";

/** A claim of a mail. Two claims of one account at different times have different nonces. */
export const aClaim = (accountId: AccountId, claimedAt: Instant): MailClaim => ({
  accountId,
  claimedAt,
  nonce: `${accountId}-${claimedAt}`,
});

let names = 0;

/** The services with which a test claims mails. It numbers the names and gives none twice. */
export const claimingOf = (mails: MailIndex, accounts: AccountStore): Claiming => ({
  mails,
  accounts,
  newName: () => `name-${(names += 1)}`,
});
