import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { itemKey, type Table } from "./dynamo-table.ts";

/** Longer than a slow answer, and shorter than anybody who asks for the health waits. */
const timeoutMilliseconds = 2000;

/**
 * Reads the table through, consistently. Throws where it does not answer within two seconds. No item has this key, so
 * a function that may read no other key learns nothing of anybody.
 */
export const readThrough = ({ client, name }: Table): Promise<unknown> =>
  client.send(
    new GetCommand({ TableName: name, Key: itemKey(["health"], ["health"]), ConsistentRead: true }),
    { abortSignal: AbortSignal.timeout(timeoutMilliseconds) },
  );
