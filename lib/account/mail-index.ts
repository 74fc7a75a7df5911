import { keyedHashes, type KeyRing, type PerKey } from "../crypto/key-ring.ts";
import type { AccountId, Instant } from "./ids.ts";

/** An entry of the index: who has the mail, and since when. */
export type MailClaim = {
  readonly accountId: AccountId;
  readonly claimedAt: Instant;
  /** Random, of this one claim: what is taken over or released is exactly what was looked at. */
  readonly nonce: string;
};

/**
 * Which account a mail may belong to. Only a hint: the account's own mail decides, so an entry that outlived a change
 * of mail finds nobody.
 */
export type MailIndex = {
  find(mailKey: string): Promise<MailClaim | undefined>;
  /**
   * Enters the mail for `claim.accountId`, if nobody, that account itself or exactly `instead` is entered.
   * @returns whether it is that account's now.
   */
  claim(mailKey: string, claim: MailClaim, instead?: MailClaim): Promise<boolean>;
  /** Removes exactly this entry; one that was made anew since stays. */
  release(mailKey: string, claim: MailClaim): Promise<void>;
};

/**
 * Where a mail may be entered: under each key, the one that makes first. The index holds no mail that can be searched
 * for without a key.
 */
export const mailKeys = (keys: KeyRing, canonicalEmail: string): PerKey<string> =>
  keyedHashes(keys, "mail", canonicalEmail);
