import type { Decider } from "../account/decide-account.ts";
import { dynamoMailIndex } from "./dynamo-mail-index.ts";
import type { Table } from "./dynamo-table.ts";
import { dynamoCounter } from "./dynamo-counter.ts";
import { dynamoPasswordGuard } from "./dynamo-password-guard.ts";
import type { PasswordServices } from "../sessions/try-password.ts";

/** Everything that trying a password needs, in the one table. */
export const dynamoPasswordServices = (
  table: Table,
  by: { readonly decider: Decider; readonly random: (bytes: number) => Buffer },
  lookupKeys: PasswordServices["lookupKeys"],
): PasswordServices => ({
  accounts: by.decider.store,
  newVersion: by.decider.newVersion,
  salt: () => by.random(16),
  lookupKeys,
  mails: dynamoMailIndex(table),
  guard: dynamoPasswordGuard(table),
  addresses: dynamoCounter(table, "address"),
});
