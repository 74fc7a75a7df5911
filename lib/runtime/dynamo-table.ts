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
 * The attributes that we send: a text becomes S, a number N and a set SS. The SDK's own type of a value is `any`, and
 * the SDK silently leaves out undefined values, so everything that we send `satisfies` this type.
 */
export type Attributes = Readonly<Record<string, string | number | ReadonlySet<string>>>;

/** An item as the table gives it. The type of an attribute is unknown until one of the readers below has checked it. */
export type Item = Readonly<Record<string, unknown>>;

/** The primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/**
 * Builds a key from a kind, which is ours, and from ids or keyed hashes, whose alphabet has no `#`. So two different
 * things never have the same key, and no input addresses an item of another kind.
 */
export const itemKey = (pk: readonly string[], sk: readonly string[]): Key => ({
  pk: pk.join("#"),
  sk: sk.join("#"),
});

/** DynamoDB removes the item some time after this attribute, which is in seconds. No decision depends on it. */
export const ttl = (forgetAt: number): { readonly ttl: number } => ({
  ttl: Math.ceil(forgetAt / 1000),
});

/** Runs a conditional write. Returns false when its condition did not hold. */
export const ifConditionHolds = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * Reads a text attribute that must be there. Throws where it is missing: such an item is not ours, and we do not decide
 * on it.
 */
export const text = (item: Item, name: string): string => {
  const value = item[name];
  if (typeof value !== "string") throw new Error(`Item without ${name}.`);
  return value;
};

/**
 * Reads a number attribute that must be there. A number beyond 2^53 comes as a bigint, and this throws: none of ours is
 * so large.
 */
export const number = (item: Item, name: string): number => {
  const value = item[name];
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new Error(`Item without ${name}.`);
  }
  return value;
};
