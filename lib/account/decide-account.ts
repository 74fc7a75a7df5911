import type { Account } from "./account.ts";
import {
  isOrFollows,
  versionAfter,
  type AccountStore,
  type Version,
  type Versioned,
} from "./account-store.ts";
import type { Decision } from "./decision.ts";
import type { AccountId } from "./ids.ts";

/** The account is being changed by others too fast. Nothing was evaluated that was not saved; answer 503. */
export class AccountBusy extends Error {
  override readonly name = "AccountBusy";
}

/**
 * Runs a decision and what follows from it. Undefined: there is no such account. Throws `AccountBusy` where others
 * change the account too fast.
 *
 * @param loaded the account where this request has read it already: saves one round trip.
 * @param prepare see `decideAccount`.
 */
export type Decide = <Outcome, Prepared = undefined>(
  id: AccountId,
  decision: (account: Account, prepared: Prepared) => Decision<Outcome>,
  loaded?: Versioned<Account>,
  prepare?: (account: Account) => Promise<Prepared>,
) => Promise<Decided<Outcome> | undefined>;

export type Decider = {
  readonly accounts: AccountStore;
  /** A fresh random name for a save. */
  readonly newVersion: () => Version;
  /** Waits before try number `attempt` (2, 3, …), with jitter. */
  readonly backOff: (attempt: number) => Promise<void>;
};

const maxTries = 6;

export type Decided<Outcome> = {
  readonly outcome: Outcome;
  readonly account: Account;
  readonly before: Account;
};

/**
 * Loads, decides, saves; on a lost race decides again on the fresh account. Returns undefined if there is no such
 * account, throws `AccountBusy` after six tries.
 *
 * A save whose answer was lost comes back as a conflict when the SDK repeats it. The stored version then has the name
 * that we gave, at its head or, where others saved since, behind theirs, and the decision stands: without this, a right
 * code would be found "already used" by its own save.
 *
 * @param loaded the account where it has been read for this request already: saves one round trip.
 * @param prepare what has to be done outside before a decision may be saved, on the very account that it is made on: when
 *   the save loses its race, it is done anew.
 */
export async function decideAccount<Outcome, Prepared = undefined>(
  { accounts, newVersion, backOff }: Decider,
  id: AccountId,
  decide: (account: Account, prepared: Prepared) => Decision<Outcome>,
  loaded?: Versioned<Account>,
  prepare?: (account: Account) => Promise<Prepared>,
): Promise<Decided<Outcome> | undefined> {
  let seen = loaded ?? (await accounts.load(id));
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    if (!seen) return undefined;
    const before = seen.value;
    // Who prepares nothing has a decision that takes nothing of it.
    const prepared = (await prepare?.(before)) as Prepared;
    const { account, outcome } = decide(before, prepared);
    if (account === before) return { outcome, account, before };

    const name = newVersion();
    const next = versionAfter(name, seen.version);
    if ((await accounts.save(account, seen.version, next)) === "saved")
      return { outcome, account, before };
    seen = await accounts.load(id);
    if (seen && isOrFollows(seen.version, name)) return { outcome, account, before };
    if (attempt < maxTries) await backOff(attempt + 1);
  }
  throw new AccountBusy();
}
