import { ConditionalCheckFailedException, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The one table. */
export type Table = { readonly client: DynamoDBDocumentClient; readonly name: string };

/** The table of that name, behind a client that takes and gives plain values instead of typed attributes. */
export const tableOf = (client: DynamoDBClient, name: string): Table => ({
  client: DynamoDBDocumentClient.from(client),
  name,
});

/**
 * What is sent: a text becomes S, a number N and a set SS. The SDK's own type of a value is `any`, and it leaves out what
 * is undefined without a word, so everything that is sent `satisfies` this one.
 */
export type Attributes = Readonly<Record<string, string | number | ReadonlySet<string>>>;

/** An item as the table gives it. Nothing is known of an attribute until a reader below has looked at it. */
export type Item = Readonly<Record<string, unknown>>;

/** The primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/**
 * Made of a kind, which is ours, and ids or keyed hashes, whose alphabet has no `#`: two different things never have
 * the same key, and no input addresses an item of another kind.
 */
export const itemKey = (pk: readonly string[], sk: readonly string[]): Key => ({
  pk: pk.join("#"),
  sk: sk.join("#"),
});

/** DynamoDB cleans up by this attribute, in seconds, some time after it. Nothing is decided by it. */
export const ttl = (forgetAt: number): { readonly ttl: number } => ({
  ttl: Math.ceil(forgetAt / 1000),
});

/** Runs a conditional write; false when its condition did not hold. */
export const ifConditionHolds = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** A text attribute that must be there; an item without it is not ours, and not decided on. */
export const text = (item: Item, name: string): string => {
  const value = item[name];
  if (typeof value !== "string") throw new Error(`Item without ${name}.`);
  return value;
};

/** A number attribute that must be there. One beyond 2^53 comes as a bigint, and is refused: none of ours is so large. */
export const number = (item: Item, name: string): number => {
  const value = item[name];
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new Error(`Item without ${name}.`);
  }
  return value;
};
