import { decideAccount, type Decider } from "../lib/account/decide-account.ts";
import type { Account } from "../lib/account/account.ts";
import type { Versioned } from "../lib/account/account-store.ts";
import type { Decision } from "../lib/account/decision.ts";
import { newActivity, type ActivityEvents } from "../lib/runtime/activity-events.ts";

/** What a command decides with, and where it publishes. */
export type Telling = {
  readonly decider: Decider;
  /** Undefined: nothing is published. */
  readonly events: ActivityEvents | undefined;
  /** Decides and saves nothing. */
  readonly dryRun: boolean;
};

/** Counted beside an account's other kinds: its entry is saved in its recent activity, and the bus did not take it. */
export const notTold = "not_told";

/**
 * Decides as the functions do, and publishes every new entry of recent activity on the bus, as they would. Returns the
 * kinds that `kindsOf` makes of the outcome, and `notTold` where the bus did not take an entry. Returns no kinds if the
 * account no longer exists.
 */
export async function decideAndTell<Outcome>(
  { decider, events, dryRun }: Telling,
  account: Versioned<Account>,
  decide: (account: Account) => Decision<Outcome>,
  kindsOf: (outcome: Outcome) => readonly string[],
): Promise<readonly string[]> {
  if (dryRun) return kindsOf(decide(account.value).outcome);
  const decided = await decideAccount(decider, account.value.id, decide, account);
  if (!decided) return [];
  const kinds = kindsOf(decided.outcome);
  const notices = newActivity(decided.before, decided.account);
  if (!events || notices.length === 0) return kinds;
  try {
    await events.publish(notices);
    return kinds;
  } catch {
    return [...kinds, notTold];
  }
}
