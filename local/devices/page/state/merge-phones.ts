import type { Account } from "../authenticator/account.ts";
import type { Phone } from "./phone.ts";

/**
 * Merges the phones of two pages that started from the same ones. The result holds what either page added or changed.
 * What either page removed is gone, unless the other page changed it. If both changed the same thing, `mine` counts.
 */
export function mergePhones(
  before: readonly Phone[],
  mine: readonly Phone[],
  theirs: readonly Phone[],
): Phone[] {
  const inTheirs = theirs.flatMap((their) => {
    const [my, old] = [byId(mine, their.id), byId(before, their.id)];
    if (my) return [mergePhone(old ?? their, my, their)];
    const isRemoved = old !== undefined && isSame(old, their);
    return isRemoved ? [] : [their];
  });
  const onlyInMine = mine.filter((my) => {
    const old = byId(before, my.id);
    return !byId(theirs, my.id) && (old === undefined || !isSame(old, my));
  });
  return [...inTheirs, ...onlyInMine];
}

function mergePhone(before: Phone, mine: Phone, theirs: Phone): Phone {
  const pick = <Key extends keyof Phone>(key: Key): Phone[Key] =>
    isSame(mine[key], before[key]) ? theirs[key] : mine[key];
  return {
    id: mine.id,
    owner: pick("owner"),
    language: pick("language"),
    userId: pick("userId"),
    number: pick("number"),
    clockOffsetSeconds: pick("clockOffsetSeconds"),
    accounts: mergeAccounts(before.accounts, mine.accounts, theirs.accounts),
  };
}

/** Accounts do not change: they are added and removed. */
function mergeAccounts(
  before: readonly Account[],
  mine: readonly Account[],
  theirs: readonly Account[],
): Account[] {
  const removed = before.filter((account) => !has(mine, account));
  const added = mine.filter((account) => !has(before, account) && !has(theirs, account));
  return [...theirs.filter((account) => !has(removed, account)), ...added];
}

const has = (accounts: readonly Account[], account: Account): boolean =>
  accounts.some((each) => isSame(each, account));

const byId = (phones: readonly Phone[], id: string): Phone | undefined =>
  phones.find((phone) => phone.id === id);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
