import { decideAccount, type Decider } from "../lib/account/decide-account.ts";
import type { Account } from "../lib/account/account.ts";
import type { Versioned } from "../lib/account/account-store.ts";
import type { Decision } from "../lib/account/decision.ts";
import { newActivity, type ActivityEvents } from "../lib/delivery/activity-events.ts";

/** Where decisions of commands are made and told; undefined events: told to nobody. */
export type Telling = { readonly decider: Decider; readonly events: ActivityEvents | undefined };

export type Told<Outcome> = {
  readonly outcome: Outcome;
  /** False: the account is saved, and its recent activity says so, but the bus did not take it. */
  readonly told: boolean;
};

/**
 * Decides as the functions do, and tells on the bus what they would: every new entry of recent activity. Undefined if
 * the account is gone by now.
 */
export async function decideAndTell<Outcome>(
  { decider, events }: Telling,
  account: Versioned<Account>,
  decide: (account: Account) => Decision<Outcome>,
): Promise<Told<Outcome> | undefined> {
  const decided = await decideAccount(decider, account.value.id, decide, account);
  if (!decided) return undefined;
  const notices = newActivity(decided.before, decided.account);
  if (!events || notices.length === 0) return { outcome: decided.outcome, told: true };
  try {
    await events.publish(notices);
    return { outcome: decided.outcome, told: true };
  } catch {
    return { outcome: decided.outcome, told: false };
  }
}

/** Counted beside what became of the account. */
export const notTold = "not_told";
