import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ifConditionHolds, itemKey, ttl, type Table } from "./dynamo-table.ts";
import type { Claims } from "../guard/claims.ts";

/**
 * One item a key.
 *
 * @param kind what is claimed; part of the key, so that two kinds never share a claim.
 */
export const dynamoClaims = ({ client, name }: Table, kind: string): Claims => ({
  take: (key, owner, now, until) =>
    ifConditionHolds(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            ...itemKey(["claim", kind, key], ["claim"]),
            claimedBy: { S: owner },
            claimedUntil: { N: String(until) },
            ...ttl(until),
          },
          ConditionExpression:
            "attribute_not_exists(pk) OR claimedBy = :owner OR claimedUntil <= :now",
          ExpressionAttributeValues: { ":owner": { S: owner }, ":now": { N: String(now) } },
        }),
      ),
    ),
});
