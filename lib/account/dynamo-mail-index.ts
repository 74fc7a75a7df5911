import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ifConditionHolds, itemKey, type Key, type Table } from "./dynamo-table.ts";
import { parseAccountId } from "./ids.ts";
import type { MailIndex } from "./mail-index.ts";

const key = (mailKey: string): Key => itemKey(["mail", mailKey], ["mail"]);

export const dynamoMailIndex = ({ client, name }: Table): MailIndex => ({
  async find(mailKey) {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: name, Key: key(mailKey), ConsistentRead: true }),
    );
    const accountId = parseAccountId(item?.["accountId"]?.S);
    return item && accountId
      ? {
          accountId,
          claimedAt: Number(item["claimedAt"]?.N),
          nonce: item["nonce"]?.S ?? "",
        }
      : undefined;
  },

  claim: (mailKey, { accountId, claimedAt, nonce }, instead) =>
    ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...key(mailKey),
            accountId: { S: accountId },
            claimedAt: { N: String(claimedAt) },
            nonce: { S: nonce },
          },
          ConditionExpression: "attribute_not_exists(pk) OR accountId = :own OR nonce = :instead",
          ExpressionAttributeValues: {
            ":own": { S: accountId },
            ":instead": { S: instead?.nonce ?? nonce },
          },
        }),
      ),
    ),

  async release(mailKey, { nonce }) {
    await ifConditionHolds(() =>
      client.send(
        new DeleteItemCommand({
          TableName: name,
          Key: key(mailKey),
          ConditionExpression: "nonce = :nonce",
          ExpressionAttributeValues: { ":nonce": { S: nonce } },
        }),
      ),
    );
  },
});
