import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ifConditionHolds, itemKey, type Key, type Table } from "./dynamo-table.ts";
import { parseAccountId } from "../account/ids.ts";
import type { MailClaim, MailIndex } from "../account/mail-index.ts";

const key = (mailKey: string): Key => itemKey(["mail", mailKey], ["mail"]);

/** That the entry is this very claim. One that was made before claims had nonces is told by what it has. */
const isStill = ({ accountId, claimedAt, nonce }: MailClaim) =>
  nonce === ""
    ? {
        condition: "(attribute_not_exists(nonce) AND accountId = :their AND claimedAt = :since)",
        values: { ":their": { S: accountId }, ":since": { N: String(claimedAt) } },
      }
    : { condition: "nonce = :nonce", values: { ":nonce": { S: nonce } } };

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

  claim(mailKey, mine, instead = mine) {
    const { accountId, claimedAt, nonce } = mine;
    const { condition, values } = isStill(instead);
    return ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...key(mailKey),
            accountId: { S: accountId },
            claimedAt: { N: String(claimedAt) },
            nonce: { S: nonce },
          },
          ConditionExpression: `attribute_not_exists(pk) OR accountId = :own OR ${condition}`,
          ExpressionAttributeValues: { ":own": { S: accountId }, ...values },
        }),
      ),
    );
  },

  async release(mailKey, claim) {
    const { condition, values } = isStill(claim);
    await ifConditionHolds(() =>
      client.send(
        new DeleteItemCommand({
          TableName: name,
          Key: key(mailKey),
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
        }),
      ),
    );
  },
});
