import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { itemKey, ttl, type Table } from "../account/dynamo-table.ts";
import type { Counter } from "./counter.ts";

/** @param kind what is counted; part of the key, so that two counters never share a count. */
export const dynamoCounter = ({ client, name }: Table, kind: string): Counter => ({
  async add(key, now, windowSeconds, amount = 1) {
    const window = Math.floor(now / 1000 / windowSeconds);
    const endsAt = (window + 1) * windowSeconds * 1000;
    const { Attributes: attributes } = await client.send(
      new UpdateItemCommand({
        TableName: name,
        Key: itemKey(["budget", kind, key, String(window)], ["budget"]),
        UpdateExpression: "ADD #count :amount SET #ttl = :ttl",
        ExpressionAttributeNames: { "#count": "count", "#ttl": "ttl" },
        ExpressionAttributeValues: { ":amount": { N: String(amount) }, ":ttl": ttl(endsAt).ttl },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    const count = Number(attributes?.["count"]?.N);
    // Fail closed: an answer without a count must not read as "none so far".
    if (!Number.isInteger(count)) throw new Error("Counter without a count.");
    return { count, endsAt };
  },
});
