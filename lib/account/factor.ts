import type { KeyRing } from "../crypto/key-ring.ts";
import type { Account, Context } from "./account.ts";
import type { Challenge } from "./challenge.ts";

/** What every factor must define, so that an operation on the whole account includes it. */
export type Factor = {
  /** The account without the factor and without any enrolment of it. */
  readonly reset: (account: Account) => Account;
  /** The account from a backup: what was used up or under way since then must not work again. */
  readonly restore: (account: Account, context: Context) => Account;
  /** Re-encrypts every secret of the factor with the first of these keys; the same object if there is nothing to do. */
  readonly reencrypt: (account: Account, keys: KeyRing) => Account;
  /** The account without things that ended so long ago that no browser can ask about them. */
  readonly forget: (account: Account, context: Context) => Account;
  /** What a pending challenge offers of the factor now, under the API's name. An empty object: nothing. */
  readonly offer: (account: Account, challenge: Challenge, context: Context) => object;
  /** What the Security tab shows of the factor, under the API's name. Nothing in it helps to sign in. */
  readonly view: (account: Account) => object;
};

/** For a factor that keeps nothing of that kind. */
export const asItIs = (account: Account): Account => account;

/** How long the account keeps things that ended, for browsers that ask how they ended. */
const keptMilliseconds = 600_000;

/** Whether something ended so long ago that the account forgets it. */
export const isPast = (end: number, { now }: Context): boolean => now >= end + keptMilliseconds;

export const isoTime = (instant: number): string => new Date(instant).toISOString();
