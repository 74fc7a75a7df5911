import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import {
  ifConditionHolds,
  itemKey,
  number,
  text,
  ttl,
  type Attributes,
  type Key,
  type Table,
} from "./dynamo-table.ts";
import type { PasswordGuard } from "../guard/password-guard.ts";

const itemKeyOf = (key: string): Key => itemKey(["budget", "password", key], ["budget"]);

export const dynamoPasswordGuard = ({ client, name }: Table): PasswordGuard => ({
  async load(key) {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: name, Key: itemKeyOf(key), ConsistentRead: true }),
    );
    if (!item) return undefined;
    return {
      value: {
        wrong: number(item, "wrong"),
        pausedUntil: number(item, "pausedUntil"),
        forgottenAt: number(item, "forgottenAt"),
      },
      version: text(item, "version"),
    };
  },

  async save(key, guesses, seen, next) {
    const saved = await ifConditionHolds(() =>
      client.send(
        new PutCommand({
          TableName: name,
          Item: {
            ...itemKeyOf(key),
            version: next,
            wrong: guesses.wrong,
            pausedUntil: guesses.pausedUntil,
            forgottenAt: guesses.forgottenAt,
            ...ttl(guesses.forgottenAt),
          } satisfies Attributes,
          ...(seen === undefined
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : {
                ConditionExpression: "version = :seen",
                ExpressionAttributeValues: { ":seen": seen } satisfies Attributes,
              }),
        }),
      ),
    );
    return saved ? "saved" : "conflict";
  },

  async clear(key) {
    await client.send(new DeleteCommand({ TableName: name, Key: itemKeyOf(key) }));
  },
});
