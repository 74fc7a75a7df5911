import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient, TableDescription } from "@aws-sdk/client-dynamodb";
import { refusal } from "../data/refusal.ts";
import type { TablePlan } from "../plan/plan.ts";

/** Creates a table and waits until it is active. Keeps a table that exists, but refuses one with other keys. */
export async function createTable(client: DynamoDBClient, plan: TablePlan): Promise<void> {
  const present = await describe(client, plan.name);
  if (present) {
    refuseOtherKeys(present, plan);
    return;
  }
  await client.send(
    new CreateTableCommand({
      TableName: plan.name,
      KeySchema: plan.KeySchema,
      AttributeDefinitions: plan.AttributeDefinitions,
      BillingMode: "PAY_PER_REQUEST",
      ...(plan.GlobalSecondaryIndexes
        ? { GlobalSecondaryIndexes: plan.GlobalSecondaryIndexes }
        : {}),
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.2 },
    { TableName: plan.name },
  );
}

async function describe(
  client: DynamoDBClient,
  name: string,
): Promise<TableDescription | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function refuseOtherKeys(present: TableDescription, plan: TablePlan): void {
  const keys = (schema: TablePlan["KeySchema"] | TableDescription["KeySchema"]): string =>
    (schema ?? [])
      .map(({ AttributeName, KeyType }) => `${AttributeName ?? ""} ${KeyType ?? ""}`)
      .join(", ");
  if (keys(present.KeySchema) !== keys(plan.KeySchema))
    throw refusal(
      `The table ${plan.name} on disk has other keys than the template. Start anew with --reset.`,
    );
}
