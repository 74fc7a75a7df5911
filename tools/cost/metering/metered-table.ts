import {
  DynamoDBClient,
  paginateScan,
  PutItemCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { tableOf, text, type Item, type Table } from "../../../lib/runtime/dynamo-table.ts";
import { startDynalite } from "../../../test/support/dynalite.ts";
import { itemBytes } from "./item-bytes.ts";
import type { Measured, Meter } from "./meter.ts";

/** An item as the table itself keeps it. */
export type StoredItem = Record<string, AttributeValue>;

export type MeteredTable = {
  readonly table: Table;
  /** Every item of the table. Reading it is not metered. */
  readonly items: () => Promise<StoredItem[]>;
  /** Puts items into the table. This is not metered. */
  readonly put: (items: readonly StoredItem[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * The one table in an embedded DynamoDB. Its client asks for the charged units with every request, so that the counts
 * come from the table and not from a guess.
 */
export const meteredTable = async (meter: Meter): Promise<MeteredTable> => {
  const dynalite = await startDynalite();
  const client = new DynamoDBClient({
    ...dynalite.settings,
    // If the client repeated a request on a busy machine, the meter would count it once and the table would charge it
    // twice.
    maxAttempts: 1,
  });
  const own = dynalite.client();
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (given) => {
        const operation = commandName.replace("Command", "");
        const input = { ...given.input, ReturnConsumedCapacity: "TOTAL" as const };
        const bytes = JSON.stringify(given.input).length;
        return meter.call(
          { to: "storage", operation, bytes },
          () => next({ ...given, input }),
          // The parts that `Seen` names have the same form in all commands that we use.
          ({ output }) => measure(operation, given.input as Seen, output as Seen),
        );
      },
    { step: "initialize", name: "meter" },
  );
  return {
    table: tableOf(client, dynalite.tableName),
    async items() {
      const pages = paginateScan({ client: own }, { TableName: dynalite.tableName });
      const items: StoredItem[] = [];
      for await (const { Items: page = [] } of pages) items.push(...page);
      return items;
    },
    async put(items) {
      for (const item of items) {
        await own.send(new PutItemCommand({ TableName: dynalite.tableName, Item: item }));
      }
    },
    async stop() {
      client.destroy();
      await dynalite.stop();
    },
  };
};

/** The parts of requests and answers that the meter reads, for every command. */
type Seen = {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly RequestItems?: Record<string, { readonly Keys?: Item[] }>;
  readonly Responses?: Record<string, Item[]>;
  readonly ConsumedCapacity?: Capacity | Capacity[];
};
type Capacity = { readonly CapacityUnits?: number };

const measure = (operation: string, input: Seen, output: Seen): Measured => {
  const units = [output.ConsumedCapacity ?? []]
    .flat()
    .reduce((sum, { CapacityUnits: each = NaN }) => sum + each, 0);
  if (!(units > 0)) throw new Error(`${operation} does not say what it took.`);
  const reads = /Get|Query/.test(operation);
  const keys = [
    input.Key ?? input.Item ?? [],
    ...Object.values(input.RequestItems ?? {}).map(({ Keys: keys = [] }) => keys),
  ].flat();
  const items = [input.Item ?? output.Item ?? [], ...Object.values(output.Responses ?? {})].flat();
  return {
    item: keys.map(kindOf).join("+"),
    readUnits: reads ? units : 0,
    writeUnits: reads ? 0 : units,
    itemBytes: items.reduce((sum, item) => sum + itemBytes(item), 0),
  };
};

/**
 * The kind of an item: `account`, `session`, or the first words of its key (`mail`, `budget password`, `index
 * challenge`).
 */
const kindOf = (key: Item): string => {
  const [word = "", second = ""] = text(key, "pk").split("#");
  const [below = ""] = text(key, "sk").split("#");
  if (word === "account") return below;
  return word === "mail" ? word : `${word} ${second}`;
};
