import { decideAccount, type Decider } from "../lib/account/decide-account.ts";
import type { Account } from "../lib/account/account.ts";
import type { Versioned } from "../lib/account/account-store.ts";
import type { Decision } from "../lib/account/decision.ts";
import { newActivity, type ActivityEvents } from "../lib/runtime/activity-events.ts";

/** Where decisions of commands are made and told. */
export type Telling = {
  readonly decider: Decider;
  /** Undefined: told to nobody. */
  readonly events: ActivityEvents | undefined;
  /** Decides and saves nothing. */
  readonly dryRun: boolean;
};

/** Counted beside what became of an account: it is saved, and says so in its recent activity, and the bus did not take it. */
export const notTold = "not_told";

/**
 * Decides as the functions do, and tells on the bus what they would: every new entry of recent activity. Answers with the
 * kinds that `kindsOf` makes of the outcome, and `notTold` where that is so; with none if the account is gone by now.
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
