import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Decider } from "../lib/account/decide-account.ts";
import { dynamoAccountStore } from "../lib/account/dynamo-account-store.ts";
import type { Table } from "../lib/account/dynamo-table.ts";

// Region, credentials and endpoints come from the environment, as for every tool of AWS.

export const tableNamed = (name: string): Table => ({ client: new DynamoDBClient(), name });

export const secretsClient = (): SecretsManagerClient => new SecretsManagerClient();

/** Decides as the functions do, so that a command may run beside them. */
export const deciderOn = (table: Table): Decider => ({
  store: dynamoAccountStore(table),
  newVersion: () => randomBytes(16).toString("base64url"),
  backOff: (attempt) => setTimeout(Math.random() * 25 * attempt),
});

/** Prints what went wrong, by its kind: messages may quote what was being read. */
export const tellFailure = (fault: unknown): void => {
  console.error(`An account failed: ${fault instanceof Error ? fault.name : typeof fault}.`);
};
