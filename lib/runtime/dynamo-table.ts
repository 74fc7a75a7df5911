import {
  ConditionalCheckFailedException,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";

/** The one table. */
export type Table = { readonly client: DynamoDBClient; readonly name: string };

export type Item = Record<string, AttributeValue>;

/** The primary key of an item. */
export type Key = { readonly pk: AttributeValue.SMember; readonly sk: AttributeValue.SMember };

/**
 * Made of a kind, which is ours, and ids or keyed hashes, whose alphabet has no `#`: two different things never have
 * the same key, and no input addresses an item of another kind.
 */
export const itemKey = (pk: readonly string[], sk: readonly string[]): Key => ({
  pk: { S: pk.join("#") },
  sk: { S: sk.join("#") },
});

/** DynamoDB cleans up by this attribute, in seconds, some time after it. Nothing is decided by it. */
export const ttl = (forgetAt: number): { ttl: AttributeValue.NMember } => ({
  ttl: { N: String(Math.ceil(forgetAt / 1000)) },
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
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`Item without ${name}.`);
  return value;
};
