import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import {
  ifConditionHolds,
  itemKey,
  number,
  text,
  type Attributes,
  type Key,
  type Table,
} from "./dynamo-table.ts";
import { parseAccountId } from "../account/ids.ts";
import type { MailClaim, MailIndex } from "../account/mail-index.ts";

const key = (mailKey: string): Key => itemKey(["mail", mailKey], ["mail"]);

/**
 * The condition that the entry is still this claim. An entry from before claims had nonces is recognised by its account
 * and its time.
 */
const isStill = ({
  accountId,
  claimedAt,
  nonce,
}: MailClaim): { readonly condition: string; readonly values: Attributes } =>
  nonce === ""
    ? {
        condition: "(attribute_not_exists(nonce) AND accountId = :their AND claimedAt = :since)",
        values: { ":their": accountId, ":since": claimedAt },
      }
    : { condition: "nonce = :nonce", values: { ":nonce": nonce } };

export const dynamoMailIndex = ({ client, name }: Table): MailIndex => ({
  async find(mailKey) {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: name, Key: key(mailKey), ConsistentRead: true }),
    );
    if (!item) return undefined;
    const accountId = parseAccountId(text(item, "accountId"));
    return accountId
      ? {
          accountId,
          claimedAt: number(item, "claimedAt"),
          nonce: item["nonce"] === undefined ? "" : text(item, "nonce"),
        }
      : undefined;
  },

  claim(mailKey, mine, instead = mine) {
    const { accountId, claimedAt, nonce } = mine;
    const { condition, values } = isStill(instead);
    return ifConditionHolds(() =>
      client.send(
        new PutCommand({
          TableName: name,
          Item: { ...key(mailKey), accountId, claimedAt, nonce } satisfies Attributes,
          ConditionExpression: `attribute_not_exists(pk) OR accountId = :own OR ${condition}`,
          ExpressionAttributeValues: { ":own": accountId, ...values } satisfies Attributes,
        }),
      ),
    );
  },

  async release(mailKey, claim) {
    const { condition, values } = isStill(claim);
    await ifConditionHolds(() =>
      client.send(
        new DeleteCommand({
          TableName: name,
          Key: key(mailKey),
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
        }),
      ),
    );
  },
});
