import { AsyncLocalStorage } from "node:async_hooks";
import { DynamoDBClient, paginateScan, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { clientSettings } from "../../lib/runtime/client-settings.ts";

/** One call of the storage's client; `began` and `ended` are ticks of a counter, not times. */
export type StorageCall = {
  readonly command: string;
  readonly input: object;
  readonly began: number;
  ended: number;
};

/** How a call fails: not at all (undefined), or before or after the storage carries it out. */
export type Fault = "before" | "after" | undefined;

type Rule = (call: StorageCall) => Fault | Promise<Fault>;

type Held = { readonly reached: Promise<unknown>; readonly release: () => void };

export type Storage = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Runs the work and returns the calls that it made, even if other work runs beside it. */
  meter<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly calls: StorageCall[] }>;
  /** From now on the calls fail as the rule says; undefined removes the rule. */
  failWhen(rule: Rule | undefined): void;
  /** Holds the next call that matches. Await `reached` first: it resolves when the call has come. */
  holdNext(matches: (call: StorageCall) => boolean): Held;
  /** Every item of the table, by its key, as text. */
  snapshot(): Promise<Map<string, string>>;
};

/** A client with the same limits as the functions' own. Tests can watch its calls and make them fail. */
export const storageAt = (settings: DynamoDBClientConfig, tableName: string): Storage => {
  const client = new DynamoDBClient({ ...clientSettings, ...settings });
  const own = new DynamoDBClient(settings);
  const watched = new AsyncLocalStorage<StorageCall[]>();
  let rule: Rule | undefined;
  let tick = 0;

  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (given) => {
        const command = commandName.replace("Command", "");
        const call = { command, input: given.input, began: (tick += 1), ended: Infinity };
        watched.getStore()?.push(call);
        try {
          const fault = await rule?.(call);
          if (fault === "before") throw quoting("The storage is down", call);
          const answer = await next(given);
          if (fault === "after") throw quoting("The answer is lost", call);
          return answer;
        } finally {
          call.ended = tick += 1;
        }
      },
    { step: "initialize", name: "watch" },
  );

  return {
    client,
    tableName,
    async meter(work) {
      const calls: StorageCall[] = [];
      return { result: await watched.run(calls, work), calls };
    },
    failWhen(next) {
      rule = next;
    },
    holdNext(matches) {
      const reached = Promise.withResolvers<undefined>();
      const released = Promise.withResolvers<undefined>();
      rule = async (call) => {
        if (!matches(call)) return undefined;
        rule = undefined;
        reached.resolve(undefined);
        await released.promise;
        return undefined;
      };
      return { reached: reached.promise, release: () => released.resolve(undefined) };
    },
    async snapshot() {
      const pages = paginateScan({ client: own }, { TableName: tableName, ConsistentRead: true });
      const items = new Map<string, string>();
      for await (const { Items: page = [] } of pages) {
        for (const item of page) {
          const attributes = Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1));
          items.set(`${item["pk"]?.S ?? ""} ${item["sk"]?.S ?? ""}`, JSON.stringify(attributes));
        }
      }
      return items;
    },
  };
};

/**
 * Some drivers quote their input in an error's message. A log line with the whole message would then reveal the input.
 */
const quoting = (what: string, { input }: StorageCall) =>
  new Error(`${what}: ${JSON.stringify(input)}`);

/** Whether a call writes an item whose sort key begins with `sortKey`. */
export const writes = ({ command, input }: StorageCall, sortKey: "account" | "session#"): boolean =>
  !command.endsWith("GetItem") && JSON.stringify(input).includes(`"sk":"${sortKey}`);
