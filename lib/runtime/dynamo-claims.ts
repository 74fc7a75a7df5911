import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { ifConditionHolds, itemKey, ttl, type Attributes, type Table } from "./dynamo-table.ts";
import type { Claims } from "../guard/claims.ts";

/**
 * Claims in DynamoDB: one item for each key.
 *
 * @param kind what is claimed; part of the key, so that two kinds never share a claim.
 */
export const dynamoClaims = ({ client, name }: Table, kind: string): Claims => ({
  take: (key, owner, now, until) =>
    ifConditionHolds(() =>
      client.send(
        new PutCommand({
          TableName: name,
          Item: {
            ...itemKey(["claim", kind, key], ["claim"]),
            claimedBy: owner,
            claimedUntil: until,
            ...ttl(until),
          } satisfies Attributes,
          ConditionExpression:
            "attribute_not_exists(pk) OR claimedBy = :owner OR claimedUntil <= :now",
          ExpressionAttributeValues: { ":owner": owner, ":now": now } satisfies Attributes,
        }),
      ),
    ),
});
