import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { itemKey, ttl, type Key, type Table } from "../account/dynamo-table.ts";
import { parseAccountId } from "../account/ids.ts";
import type { TelegramIndex } from "./telegram-index.ts";

/** Keys are our own ids and hashes; what Telegram sends is brought to that form before it gets here. */
const keyOf = (kind: string, key: string): Key => itemKey(["telegram", kind, key], ["index"]);

export const dynamoTelegramIndex = ({ client, name }: Table): TelegramIndex => ({
  async put(kind, key, account, until) {
    await client.send(
      new PutItemCommand({
        TableName: name,
        Item: { ...keyOf(kind, key), accountId: { S: account }, ...ttl(until) },
      }),
    );
  },

  async find(kind, key) {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: name, Key: keyOf(kind, key), ConsistentRead: true }),
    );
    return parseAccountId(item?.["accountId"]?.S);
  },
});
