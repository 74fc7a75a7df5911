import { dynamoMailIndex } from "../account/dynamo-mail-index.ts";
import type { Table } from "../account/dynamo-table.ts";
import { dynamoCounter } from "../guard/dynamo-counter.ts";
import { dynamoPasswordGuard } from "../guard/dynamo-password-guard.ts";
import type { PasswordDoor } from "./try-password.ts";

/** Everything that trying a password needs, in the one table. */
export const dynamoPasswordDoor = (
  table: Table,
  given: Pick<PasswordDoor, "accounts" | "newVersion" | "lookupKey" | "salt">,
): PasswordDoor => ({
  ...given,
  mails: dynamoMailIndex(table),
  guard: dynamoPasswordGuard(table),
  addresses: dynamoCounter(table, "address"),
});
