import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { AccountIndex } from "../account/account-index.ts";
import { itemKey, ttl, type Key, type Table } from "./dynamo-table.ts";
import { parseAccountId } from "../account/ids.ts";

/** Keys are our own ids and hashes; what comes from outside is brought to that form before it gets here. */
const keyOf = (kind: string, key: string): Key => itemKey(["index", kind, key], ["index"]);

export const dynamoAccountIndex = ({ client, name }: Table): AccountIndex => ({
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
