import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AccountIndex } from "../account/account-index.ts";
import { itemKey, text, ttl, type Attributes, type Key, type Table } from "./dynamo-table.ts";
import { parseAccountId } from "../account/ids.ts";

/** Keys are our own ids and hashes. Callers bring outside values to that form first. */
const keyOf = (kind: string, key: string): Key => itemKey(["index", kind, key], ["index"]);

export const dynamoAccountIndex = ({ client, name }: Table): AccountIndex => ({
  async put(kind, key, account, until) {
    await client.send(
      new PutCommand({
        TableName: name,
        Item: { ...keyOf(kind, key), accountId: account, ...ttl(until) } satisfies Attributes,
      }),
    );
  },

  async find(kind, key) {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: name, Key: keyOf(kind, key), ConsistentRead: true }),
    );
    return item && parseAccountId(text(item, "accountId"));
  },
});
