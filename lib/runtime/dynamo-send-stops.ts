import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { itemKey, type Attributes, type Item, type Table } from "./dynamo-table.ts";
import { isStoppedAt, type SendStops, type StoppedPlaces } from "../guard/send-stops.ts";

/**
 * One item, beside the budgets, holds the set of places. It has no end of its own: a stopped place stays stopped until
 * somebody resumes it.
 */
const key = itemKey(["budget", "stopped"], ["budget"]);

export const dynamoSendStops = (table: Table): SendStops => ({
  isStopped: async (country) => isStoppedAt(await readStops(table), country),
});

/** Reads the stopped places. Rejects where the table does not answer, so that nothing is sent that may be stopped. */
export async function readStops({ client, name }: Table): Promise<StoppedPlaces> {
  const { Item: item } = await client.send(
    new GetCommand({ TableName: name, Key: key, ConsistentRead: true }),
  );
  return placesOf(item);
}

/**
 * Adds places to the stopped ones, or removes them; other places stay as they are. Returns the places that are stopped
 * afterwards.
 */
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

/**
 * DynamoDB keeps no empty set: where nothing is stopped, the attribute does not exist. Any other value than a set is a
 * fault.
 */
const placesOf = (item: Item | undefined): StoppedPlaces => {
  const places = item?.["places"];
  if (places === undefined) return new Set();
  if (!(places instanceof Set)) throw new Error("Stops without places.");
  return new Set(Array.from(places, String));
};
