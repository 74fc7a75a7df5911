import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account, Context } from "./account.ts";
import type { Challenge } from "./challenge.ts";

/** What has to be said of every factor, so that whatever is done to a whole account is done to it as well. */
export type Factor = {
  /** The account without the factor, and without anything that was begun to have it. */
  readonly reset: (account: Account) => Account;
  /** The account from a backup: nothing that was used up or under way since then may be good again. */
  readonly restore: (account: Account, context: Context) => Account;
  /** Every secret of the factor encrypted with the first of these keys; the very account where there is nothing to do. */
  readonly reencrypt: (account: Account, keys: KeyRing) => Account;
  /** The account without what is over for longer than anybody can ask about it. */
  readonly forget: (account: Account, context: Context) => Account;
  /** What a pending challenge offers of it now, by the name of the API; an empty object: nothing. */
  readonly offer: (account: Account, challenge: Challenge, context: Context) => object;
  /** What the Security tab shows of it, by the name of the API. Nothing in it helps to sign in. */
  readonly view: (account: Account) => object;
};

/** Of a factor that does not keep such things. */
export const asItIs = (account: Account): Account => account;

/** How long what is over is kept, for browsers that ask what became of it. */
const keptMilliseconds = 600_000;

/** Whether something ended so long ago that it is forgotten. */
export const isPast = (end: number, { now }: Context): boolean => now >= end + keptMilliseconds;

export const isoTime = (instant: number): string => new Date(instant).toISOString();
