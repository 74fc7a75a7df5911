import type { Item } from "../../../lib/runtime/dynamo-table.ts";

/**
 * The size by which DynamoDB charges an item: names and values in UTF-8; a number takes a byte for two digits and one
 * more; a set takes what its members take [DynamoDB developer guide, "Item sizes and formats"].
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );

const valueBytes = (value: unknown): number => {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return numberBytes(String(value));
  if (value instanceof Set) {
    return Array.from<unknown>(value).reduce<number>((sum, one) => sum + valueBytes(one), 0);
  }
  throw new Error("An attribute that is no text, number or set.");
};

const numberBytes = (text: string): number => {
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "").replace(/0+$/, "");
  return Math.ceil(digits.length / 2) + (text.startsWith("-") ? 2 : 1);
};

/** The units of a strongly consistent read: one for each started 4 KB, and one if there is no item. */
export const readUnitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));

/** The units of a write: one for each started KB of the item before or after it, whichever is larger. */
export const writeUnitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));
