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

/** Other requests change the account too fast. No unsaved decision has an effect; the answer is a 503. */
export class AccountBusy extends Error {
  override readonly name = "AccountBusy";
}

/**
 * Runs a decision and the effects of its save. Returns undefined if there is no such account. Throws `AccountBusy` if
 * other requests change the account too fast.
 *
 * @param loaded the account, if this request has already read it: this saves one round trip.
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
 * Loads the account, decides and saves. After a lost race it decides again on the fresh account. Returns undefined if
 * there is no such account; throws `AccountBusy` after six tries.
 *
 * If the answer to a save is lost, the SDK repeats the save and gets a conflict. The stored version then contains the
 * name of our save: first or, if others saved since, behind their names. So the decision stands. Without this check, a
 * right code would look "already used" because of its own save.
 *
 * @param loaded the account, if this request has already read it: this saves one round trip.
 * @param prepare does what must happen outside before the decision is saved. It gets the same account as the decision;
 *   after a lost race it runs again.
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
    // Without `prepare`, the decision does not read `prepared`.
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
