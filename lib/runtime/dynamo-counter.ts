import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import {
  itemKey,
  number,
  ttl,
  type Attributes,
  type Item,
  type Key,
  type Table,
} from "./dynamo-table.ts";
import { parts, placeOf, slidingCount, type Counter, type Parts } from "../guard/counter.ts";

/**
 * A counter in DynamoDB: one item for each key and window, with one attribute for each part of the window.
 *
 * @param kind what is counted; part of the key, so that two counters never share a count.
 */
export const dynamoCounter = ({ client, name }: Table, kind: string): Counter => ({
  async add(key, now, windowSeconds, amount = 1) {
    const { window, part } = placeOf(now, windowSeconds);
    const endsAt = (window + 1) * windowSeconds * 1000;
    const keyOf = (one: number): Key => itemKey(["budget", kind, key, String(one)], ["budget"]);
    const [{ Attributes: running }, { Item: before }] = await Promise.all([
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: keyOf(window),
          UpdateExpression: "ADD #part :amount SET #ttl = :ttl",
          ExpressionAttributeNames: { "#part": attributeOf(part), "#ttl": "ttl" },
          ExpressionAttributeValues: {
            ":amount": amount,
            // The next window still reads this item. The table keeps it for one window more.
            ":ttl": ttl(endsAt + 2 * windowSeconds * 1000).ttl,
          } satisfies Attributes,
          ReturnValues: "ALL_NEW",
        }),
      ),
      client.send(
        new GetCommand({ TableName: name, Key: keyOf(window - 1), ConsistentRead: true }),
      ),
    ]);
    const counts = partsOf(running);
    // Fail closed: an answer without the count that was just added must not read as "none so far".
    if (!counts.has(part)) throw new Error("Counter without a count.");
    return slidingCount(counts, partsOf(before), now, windowSeconds);
  },
});

const attributeOf = (part: number) => `part${part}`;

const partsOf = (item: Item | undefined): Parts => {
  const counted = new Map<number, number>();
  for (let part = 0; part < parts; part += 1) {
    const attribute = attributeOf(part);
    if (item?.[attribute] !== undefined) counted.set(part, number(item, attribute));
  }
  return counted;
};
