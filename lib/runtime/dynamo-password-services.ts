import type { PasswordServices } from "../sessions/try-password.ts";
import { dynamoCounter } from "./dynamo-counter.ts";
import { dynamoMailIndex } from "./dynamo-mail-index.ts";
import { dynamoPasswordGuard } from "./dynamo-password-guard.ts";
import type { Table } from "./dynamo-table.ts";
import type { DecidingServices } from "./services.ts";

/** Everything that a password try needs, in the one table. */
export const dynamoPasswordServices = (
  table: Table,
  { accounts, newVersion, random }: Pick<DecidingServices, "accounts" | "newVersion" | "random">,
  lookupKeys: PasswordServices["lookupKeys"],
): PasswordServices => ({
  accounts,
  newVersion,
  salt: () => random(16),
  lookupKeys,
  mails: dynamoMailIndex(table),
  guard: dynamoPasswordGuard(table),
  addresses: dynamoCounter(table, "address"),
});
