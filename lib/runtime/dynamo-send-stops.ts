import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { itemKey, type Attributes, type Item, type Table } from "./dynamo-table.ts";
import { isStoppedAt, type SendStops, type StoppedPlaces } from "../guard/send-stops.ts";

/** One item, beside the budgets, with the set of places. It has no end of its own: what was stopped stays stopped. */
const key = itemKey(["budget", "stopped"], ["budget"]);

export const dynamoSendStops = (table: Table): SendStops => ({
  isStopped: async (country) => isStoppedAt(await readStops(table), country),
});

/** Fails where the table does not answer: nothing is sent that may be stopped. */
export async function readStops({ client, name }: Table): Promise<StoppedPlaces> {
  const { Item: item } = await client.send(
    new GetCommand({ TableName: name, Key: key, ConsistentRead: true }),
  );
  return placesOf(item);
}

/** Adds places to those that are stopped, or takes them away; others stay as they are. Returns what is stopped then. */
export async function changeStops(
  { client, name }: Table,
  change: "stop" | "resume",
  places: readonly string[],
): Promise<StoppedPlaces> {
  const { Attributes: item } = await client.send(
    new UpdateCommand({
      TableName: name,
      Key: key,
      UpdateExpression: `${change === "stop" ? "ADD" : "DELETE"} #places :places`,
      ExpressionAttributeNames: { "#places": "places" },
      ExpressionAttributeValues: { ":places": new Set(places) } satisfies Attributes,
      ReturnValues: "ALL_NEW",
    }),
  );
  return placesOf(item);
}

/** DynamoDB keeps no empty set: where nothing is stopped there is no attribute. Anything but a set is a fault. */
const placesOf = (item: Item | undefined): StoppedPlaces => {
  const places = item?.["places"];
  if (places === undefined) return new Set();
  if (!(places instanceof Set)) throw new Error("Stops without places.");
  return new Set(Array.from(places, String));
};
