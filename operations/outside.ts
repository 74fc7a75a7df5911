import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Decider } from "../lib/account/decide-account.ts";
import type { Counts } from "../lib/runtime/dynamo-account-walk.ts";
import { dynamoAccountStore } from "../lib/runtime/dynamo-account-store.ts";
import { tableOf, type Table } from "../lib/runtime/dynamo-table.ts";
import type { ActivityEvents } from "../lib/runtime/activity-events.ts";
import { eventBridgeActivityEvents } from "../lib/runtime/eventbridge-activity-events.ts";
import { notTold } from "./decide-and-tell.ts";

// Region, credentials and endpoints come from the environment, as for every tool of AWS.

export const tableNamed = (name: string): Table => tableOf(new DynamoDBClient(), name);

export const secretsClient = (): SecretsManagerClient => new SecretsManagerClient();

/** The bus of that name, as the stack's output `ActivityBusName` names it; `none`: nothing is published. */
export const busNamed = (name: string): ActivityEvents | undefined =>
  name === "none" ? undefined : eventBridgeActivityEvents(new EventBridgeClient(), name);

/** Decides as the functions do, so that a command may run beside them. */
export const deciderOn = (table: Table): Decider => ({
  accounts: dynamoAccountStore(table),
  newVersion: () => randomBytes(16).toString("base64url"),
  backOff: (attempt) => setTimeout(Math.random() * 25 * attempt),
});

/** Says how many entries the bus did not take, and where to find them. */
export const tellUntold = (counts: Counts): void => {
  const untold = counts[notTold] ?? 0;
  if (untold === 0) return;
  console.error(`${untold} entries were not told on the bus. They stand in recent activity.`);
};

/** Prints only the kind of a fault: its message may quote what was being read. */
export const tellFailure = (fault: unknown): void => {
  console.error(`An account failed: ${fault instanceof Error ? fault.name : typeof fault}.`);
};
