import type { PerKey } from "../crypto/key-ring.ts";
import { claimMail, type Claiming } from "./claim-mail.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailIndex } from "./mail-index.ts";

/**
 * in_place: the mail has an entry under the first key. to_move: it has one under an older key only. taken: another
 * account is being created with the mail, or its creation broke off; the move works a minute later. unfindable: it has
 * an entry under none of the keys; the host must put the account again, since these may be the keys of another table.
 */
export type MailPlace = "in_place" | "to_move" | "taken" | "unfindable";

/** Finds where the index has this account's mail. */
export const findMail = async (
  mails: MailIndex,
  keys: PerKey<string>,
  accountId: AccountId,
): Promise<MailPlace> => {
  const [makes, ...others] = await Promise.all(keys.map((key) => mails.find(key)));
  if (makes?.accountId === accountId) return "in_place";
  return others.some((one) => one?.accountId === accountId) ? "to_move" : "unfindable";
};

/**
 * Enters a mail under the first key, if it has an entry under an older key only. The older entry stays: if the operator
 * gives up the rotation, the older key still leads to the account.
 */
export const moveMail = async (
  at: Claiming,
  mail: { readonly keys: PerKey<string>; readonly email: string },
  accountId: AccountId,
  now: Instant,
): Promise<"moved" | MailPlace> => {
  const place = await findMail(at.mails, mail.keys, accountId);
  if (place !== "to_move") return place;
  const [makes] = mail.keys;
  const claimed = await claimMail(at, { keys: [makes], email: mail.email }, accountId, now);
  return claimed ? "moved" : "taken";
};
