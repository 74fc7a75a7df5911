import type { Account } from "./account.ts";

/**
 * What a pure function made of an account and a command. An account that is the very object that came in means that
 * there is nothing to save; any other must be saved before the outcome leaves.
 */
export type Decision<Outcome> = { readonly account: Account; readonly outcome: Outcome };
