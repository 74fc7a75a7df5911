import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { itemKey, ttl, type Item, type Key, type Table } from "./dynamo-table.ts";
import { parts, placeOf, slidingCount, type Counter, type Parts } from "../guard/counter.ts";

/**
 * One item a key and window, one attribute a part of it.
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
        new UpdateItemCommand({
          TableName: name,
          Key: keyOf(window),
          UpdateExpression: "ADD #part :amount SET #ttl = :ttl",
          ExpressionAttributeNames: { "#part": attributeOf(part), "#ttl": "ttl" },
          ExpressionAttributeValues: {
            ":amount": { N: String(amount) },
            // The window after this one still looks at it, a part longer than it lasts.
            ":ttl": ttl(endsAt + 2 * windowSeconds * 1000).ttl,
          },
          ReturnValues: "ALL_NEW",
        }),
      ),
      client.send(
        new GetItemCommand({ TableName: name, Key: keyOf(window - 1), ConsistentRead: true }),
      ),
    ]);
    const counts = partsOf(running);
    // Fail closed: an answer without the count just added must not read as "none so far".
    if (!counts.has(part)) throw new Error("Counter without a count.");
    return slidingCount(counts, partsOf(before), now, windowSeconds);
  },
});

const attributeOf = (part: number) => `part${part}`;

const partsOf = (item: Item | undefined): Parts => {
  const counted = new Map<number, number>();
  for (let part = 0; part < parts; part += 1) {
    const attribute = item?.[attributeOf(part)];
    if (attribute === undefined) continue;
    const count = Number(attribute.N);
    if (!Number.isFinite(count)) throw new Error("Counter without a count.");
    counted.set(part, count);
  }
  return counted;
};
