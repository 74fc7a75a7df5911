import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TablePlan } from "../plan/plan.ts";

/**
 * Deletes the items that have expired by `now` (milliseconds), as DynamoDB's time to live does, but at once.
 * Does nothing for a table without an enabled TTL attribute.
 */
export async function sweep(client: DynamoDBClient, table: TablePlan, now: number): Promise<void> {
  const attribute = table.TimeToLiveSpecification?.AttributeName;
  if (table.TimeToLiveSpecification?.Enabled !== true || attribute === undefined) return;
  const keyNames = table.KeySchema.map(({ AttributeName }) => AttributeName);
  const expired = {
    TableName: table.name,
    ExpressionAttributeNames: { "#ttl": attribute },
    ExpressionAttributeValues: { ":now": { N: String(Math.floor(now / 1000)) } },
  };
  const pages = paginateScan({ client }, { ...expired, FilterExpression: "#ttl < :now" });
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const key = Object.fromEntries(
        Object.entries(item).filter(([name]) => keyNames.includes(name)),
      );
      await deleteUnlessRenewed(client, {
        ...expired,
        Key: key,
        ConditionExpression: "#ttl < :now",
      });
    }
  }
}

/** Somebody may have given the item a later time since it was read. */
async function deleteUnlessRenewed(
  client: DynamoDBClient,
  input: ConstructorParameters<typeof DeleteItemCommand>[0],
): Promise<void> {
  try {
    await client.send(new DeleteItemCommand(input));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
