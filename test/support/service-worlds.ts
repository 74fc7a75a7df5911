import { AsyncLocalStorage } from "node:async_hooks";
import { BatchWriteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import { tableOf, type Item } from "../../lib/runtime/dynamo-table.ts";
import type { Storage } from "./service-storage.ts";

/**
 * Many tables in one. Work that runs in a world reads and writes only items of that world, even if other work runs
 * beside it. A test makes one account by real requests and then copies its world in a few writes, thousands of times.
 * The account's ids, cookies and sealed secrets work in every copy.
 */
export type Worlds = {
  run<T>(world: string, work: () => Promise<T>): Promise<T>;
  /** Reads the items of a world, for `copy`. */
  read(world: string): Promise<readonly Item[]>;
  copy(items: readonly Item[], world: string): Promise<void>;
};

export const worldsIn = ({ client, tableName }: Storage): Worlds => {
  const worlds = new AsyncLocalStorage<string>();
  const { client: documents } = tableOf(client, tableName);
  client.middlewareStack.add(
    (next) => async (given) => {
      const world = worlds.getStore();
      if (world === undefined) return next(given);
      const answer = await next({
        ...given,
        input: mapKeys(given.input, (pk) => `${world}/${pk}`),
      });
      return { ...answer, output: mapKeys(answer.output, (pk) => pk.slice(world.length + 1)) };
    },
    // This middleware runs inside those that watch and hold calls, so that they see keys as the service writes them.
    { step: "initialize", priority: "low", name: "worlds" },
  );
  return {
    run: (world, work) => worlds.run(world, work),
    async read(world) {
      const pages = paginateScan(
        { client: documents },
        { TableName: tableName, ConsistentRead: true },
      );
      const items: Item[] = [];
      for await (const { Items: page = [] } of pages) items.push(...page);
      return items
        .filter(({ pk }) => typeof pk === "string" && pk.startsWith(`${world}/`))
        .map((item) => mapKeys(item, (pk) => pk.slice(world.length + 1)));
    },
    async copy(items, world) {
      for (let from = 0; from < items.length; from += perWrite) {
        const page = items.slice(from, from + perWrite);
        const puts = page.map((Item) => ({ PutRequest: { Item } }));
        await worlds.run(world, () =>
          documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } })),
        );
      }
    },
  };
};

/** The most items in one batch write: DynamoDB's own limit. */
const perWrite = 25;

/** Changes every partition key in the value, at any depth of a command or an answer. */
const mapKeys = <T>(value: T, change: (pk: string) => string): T => {
  if (typeof value !== "object" || value === null || value instanceof Set) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => mapKeys(one, change)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      typeof one === "string" && (name === "pk" || name === ":pk")
        ? change(one)
        : mapKeys(one, change),
    ]),
  ) as T;
};
