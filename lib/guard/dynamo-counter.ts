import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { itemKey, ttl, type Item, type Key, type Table } from "../account/dynamo-table.ts";
import { slidingCount, type Counter } from "./counter.ts";

/** @param kind what is counted; part of the key, so that two counters never share a count. */
export const dynamoCounter = ({ client, name }: Table, kind: string): Counter => ({
  async add(key, now, windowSeconds, amount = 1) {
    const window = Math.floor(now / 1000 / windowSeconds);
    const endsAt = (window + 1) * windowSeconds * 1000;
    const keyOf = (one: number): Key => itemKey(["budget", kind, key, String(one)], ["budget"]);
    const [{ Attributes: running }, { Item: before }] = await Promise.all([
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: keyOf(window),
          UpdateExpression: "ADD #count :amount SET #ttl = :ttl",
          ExpressionAttributeNames: { "#count": "count", "#ttl": "ttl" },
          ExpressionAttributeValues: {
            ":amount": { N: String(amount) },
            // The window after this one still looks at it.
            ":ttl": ttl(endsAt + windowSeconds * 1000).ttl,
          },
          ReturnValues: "UPDATED_NEW",
        }),
      ),
      client.send(
        new GetItemCommand({ TableName: name, Key: keyOf(window - 1), ConsistentRead: true }),
      ),
    ]);
    return slidingCount(countOf(running), before ? countOf(before) : 0, now, windowSeconds);
  },
});

/** Fail closed: an answer without a count must not read as "none so far". */
const countOf = (item: Item | undefined): number => {
  const count = Number(item?.["count"]?.N);
  if (!Number.isFinite(count)) throw new Error("Counter without a count.");
  return count;
};
