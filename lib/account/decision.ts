import type { Account } from "./account.ts";

/**
 * The result of a decision. If `account` is the same object that came in, there is nothing to save. Any other account
 * must be saved before the outcome leaves.
 */
export type Decision<Outcome> = { readonly account: Account; readonly outcome: Outcome };
