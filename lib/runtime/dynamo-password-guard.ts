import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ifConditionHolds, itemKey, text, ttl, type Key, type Table } from "./dynamo-table.ts";
import type { PasswordGuard } from "../guard/password-guard.ts";

const itemKeyOf = (key: string): Key => itemKey(["budget", "password", key], ["budget"]);

export const dynamoPasswordGuard = ({ client, name }: Table): PasswordGuard => ({
  async load(key) {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: name, Key: itemKeyOf(key), ConsistentRead: true }),
    );
    if (!item) return undefined;
    const number = (attribute: string) => Number(item[attribute]?.N);
    return {
      value: {
        wrong: number("wrong"),
        pausedUntil: number("pausedUntil"),
        forgottenAt: number("forgottenAt"),
      },
      version: text(item, "version"),
    };
  },

  async save(key, guesses, seen, next) {
    const saved = await ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...itemKeyOf(key),
            version: { S: next },
            wrong: { N: String(guesses.wrong) },
            pausedUntil: { N: String(guesses.pausedUntil) },
            forgottenAt: { N: String(guesses.forgottenAt) },
            ...ttl(guesses.forgottenAt),
          },
          ...(seen === undefined
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : {
                ConditionExpression: "version = :seen",
                ExpressionAttributeValues: { ":seen": { S: seen } },
              }),
        }),
      ),
    );
    return saved ? "saved" : "conflict";
  },

  async clear(key) {
    await client.send(new DeleteItemCommand({ TableName: name, Key: itemKeyOf(key) }));
  },
});
