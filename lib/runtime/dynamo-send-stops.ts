import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { itemKey, type Table } from "./dynamo-table.ts";
import { isStoppedAt, type SendStops, type StoppedPlaces } from "../guard/send-stops.ts";

/** One item, beside the budgets, with the set of places. It has no end of its own: what was stopped stays stopped. */
const key = itemKey(["budget", "stopped"], ["budget"]);

export const dynamoSendStops = (table: Table): SendStops => ({
  isStopped: async (country) => isStoppedAt(await readStops(table), country),
});

/** Fails where the table does not answer: nothing is sent that may be stopped. */
export async function readStops({ client, name }: Table): Promise<StoppedPlaces> {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: name, Key: key, ConsistentRead: true }),
  );
  return new Set(item?.["places"]?.SS);
}

/** Adds places to those that are stopped, or takes them away; others stay as they are. Returns what is stopped then. */
export async function changeStops(
  { client, name }: Table,
  change: "stop" | "resume",
  places: readonly string[],
): Promise<StoppedPlaces> {
  const { Attributes: item } = await client.send(
    new UpdateItemCommand({
      TableName: name,
      Key: key,
      UpdateExpression: `${change === "stop" ? "ADD" : "DELETE"} #places :places`,
      ExpressionAttributeNames: { "#places": "places" },
      ExpressionAttributeValues: { ":places": { SS: [...places] } },
      ReturnValues: "ALL_NEW",
    }),
  );
  return new Set(item?.["places"]?.SS);
}
