import type { PerKey } from "../crypto/key-ring.ts";
import { claimMail, type Claiming } from "./claim-mail.ts";
import type { AccountId, Instant } from "./ids.ts";
import type { MailIndex } from "./mail-index.ts";

/**
 * in_place: the mail is found under the key that makes. to_move: only under an older one. taken: another account is
 * just being made with it, or was; in a minute it can be moved. unfindable: under none of the keys; its host has to put
 * the account again, since these may be the keys of another table.
 */
export type MailPlace = "in_place" | "to_move" | "taken" | "unfindable";

/** Where an account's mail is found. */
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
 * Enters a mail under the key that makes, if it is found under an older one. The older entry stays: whoever makes with
 * the older key, should the rotation be given up, finds it as before.
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
