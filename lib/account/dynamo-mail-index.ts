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
    return accountId && { accountId, claimedAt: Number(item?.["claimedAt"]?.N) };
  },

  claim: (mailKey, { accountId, claimedAt }, instead) =>
    ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...key(mailKey),
            accountId: { S: accountId },
            claimedAt: { N: String(claimedAt) },
          },
          ConditionExpression:
            "attribute_not_exists(pk) OR accountId = :own OR (accountId = :their AND claimedAt = :since)",
          ExpressionAttributeValues: {
            ":own": { S: accountId },
            ":their": { S: instead?.accountId ?? accountId },
            ":since": { N: String(instead?.claimedAt ?? 0) },
          },
        }),
      ),
    ),

  async release(mailKey, { accountId, claimedAt }) {
    await ifConditionHolds(() =>
      client.send(
        new DeleteItemCommand({
          TableName: name,
          Key: key(mailKey),
          ConditionExpression: "accountId = :own AND claimedAt = :since",
          ExpressionAttributeValues: {
            ":own": { S: accountId },
            ":since": { N: String(claimedAt) },
          },
        }),
      ),
    );
  },
});
