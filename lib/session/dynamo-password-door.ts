import type { Decider } from "../account/decide-account.ts";
import { dynamoMailIndex } from "../account/dynamo-mail-index.ts";
import type { Table } from "../account/dynamo-table.ts";
import { dynamoCounter } from "../guard/dynamo-counter.ts";
import { dynamoPasswordGuard } from "../guard/dynamo-password-guard.ts";
import type { PasswordDoor } from "./try-password.ts";

/** Everything that trying a password needs, in the one table. */
export const dynamoPasswordDoor = (
  table: Table,
  by: { readonly decider: Decider; readonly random: (bytes: number) => Buffer },
  lookupKeys: PasswordDoor["lookupKeys"],
): PasswordDoor => ({
  accounts: by.decider.store,
  newVersion: by.decider.newVersion,
  salt: () => by.random(16),
  lookupKeys,
  mails: dynamoMailIndex(table),
  guard: dynamoPasswordGuard(table),
  addresses: dynamoCounter(table, "address"),
});
