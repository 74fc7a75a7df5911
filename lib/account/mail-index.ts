import { keyedHashes, type KeyRing, type PerKey } from "../crypto/key-ring.ts";
import type { AccountId, Instant } from "./ids.ts";

/** An entry of the index: the account that claimed the mail, and when. */
export type MailClaim = {
  readonly accountId: AccountId;
  readonly claimedAt: Instant;
  /** A random name of this one claim, so that a takeover or a release affects only the entry that was read. */
  readonly nonce: string;
};

/**
 * Leads from a mail to the account that may have it. An entry is only a hint: the account's own mail decides. So an old
 * entry that stayed after a change of mail leads to no account.
 */
export type MailIndex = {
  find(mailKey: string): Promise<MailClaim | undefined>;
  /**
   * Enters the mail for `claim.accountId`, if there is no entry, or the entry is that account's or exactly `instead`.
   * @returns whether the entry is that account's now.
   */
  claim(mailKey: string, claim: MailClaim, instead?: MailClaim): Promise<boolean>;
  /** Removes exactly this entry; a newer entry under the same key stays. */
  release(mailKey: string, claim: MailClaim): Promise<void>;
};

/**
 * Where a mail may be entered: its hash under each key, in the order of the ring. The index holds keyed hashes only, so
 * nobody can search it for a mail without a key.
 */
export const mailKeys = (keys: KeyRing, canonicalEmail: string): PerKey<string> =>
  keyedHashes(keys, "mail", canonicalEmail);
