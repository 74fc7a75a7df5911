import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { Table } from "../template/resources.ts";
import { arn, operationOf } from "./actions.ts";
import type { ActionsOf } from "./actions.ts";

/** The facts about a table that show which of its items a request names. */
export type KeyedTable = { name: string; arn: string } & Pick<z.infer<typeof Table>, "KeySchema">;

const Item = z.record(z.string(), z.record(z.string(), z.unknown()));
type Item = z.infer<typeof Item>;

const Input = z.object({
  TableName: z.optional(z.string()),
  Key: z.optional(Item),
  Item: z.optional(Item),
  KeyConditionExpression: z.optional(z.string()),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: z._default(Item, {}),
});
type Input = z.infer<typeof Input>;

const Body = z.catch(
  z.extend(Input, {
    RequestItems: z.optional(z.record(z.string(), z.object({ Keys: z.optional(z.array(Item)) }))),
  }),
  { ExpressionAttributeNames: {}, ExpressionAttributeValues: {} },
);

/** Lists the actions of a request to DynamoDB, each with its table and the partition keys of its items. */
export const tableActions =
  (tables: readonly KeyedTable[]): ActionsOf =>
  ({ headers, body }) => {
    const action = `dynamodb:${operationOf(headers["x-amz-target"])}`;
    const { RequestItems, ...input } = Body.parse(parseJson(body.toString()));
    const of = (name: string, keysOf: (partitionKey: string) => readonly unknown[]) => {
      const table = tables.find((each) => each.name === name || each.arn === name);
      const keys = table ? keysOf(partitionKeyOf(table)) : [];
      // If a key cannot be read, the action names no keys. Then a grant that is confined to keys does not allow it.
      const known = keys.filter((key) => typeof key === "string");
      return {
        action,
        resource: table?.arn ?? arn("dynamodb", `table/${name}`),
        ...(known.length > 0 && known.length === keys.length && { keys: known }),
      };
    };
    if (!RequestItems) return [of(input.TableName ?? "", (key) => keysIn(input, key))];
    return Object.entries(RequestItems).map(([name, { Keys = [] }]) =>
      of(name, (key) => Keys.map((item) => valueIn(item, key))),
    );
  };

const partitionKeyOf = ({ KeySchema }: KeyedTable): string =>
  KeySchema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";

const keysIn = (input: Input, partitionKey: string): readonly unknown[] => {
  const item = input.Key ?? input.Item;
  if (item) return [valueIn(item, partitionKey)];
  const [, placeholder = ""] =
    [...(input.KeyConditionExpression ?? "").matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)]
      .map(([, name = "", value = ""]) => [input.ExpressionAttributeNames[name] ?? name, value])
      .find(([name]) => name === partitionKey) ?? [];
  return [valueIn(input.ExpressionAttributeValues, placeholder)];
};

const valueIn = (item: Item, name: string): unknown => Object.values(item[name] ?? {})[0];
