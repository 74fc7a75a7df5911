import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as sdk from "@aws-sdk/client-dynamodb";
import type * as accountStores from "../../lib/runtime/dynamo-account-store.ts";
import type * as counters from "../../lib/runtime/dynamo-counter.ts";
import type * as sessionStores from "../../lib/runtime/dynamo-session-store.ts";
import type * as tables from "../../lib/runtime/dynamo-table.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import type { Account } from "../../lib/account/account.ts";
import { accountId } from "../../test/support/ids.ts";
import { aFullAccount } from "../../test/support/full-account.ts";
import { aSession } from "../../test/support/session.ts";
import { noon } from "../../test/support/time.ts";

// Times the table adapters of one checkout and prints the results. `table.ts` starts it.

const root = resolve(process.argv[2] ?? ".");
const adapter = (name: string): Promise<unknown> =>
  import(join(root, "lib", "runtime", `dynamo-${name}.ts`));

/** The same SDK that those adapters use. */
const { DynamoDBClient } = createRequire(join(root, "package.json"))(
  "@aws-sdk/client-dynamodb",
) as typeof sdk;

type Item = Record<string, sdk.AttributeValue>;
type Input = { Item?: Item; RequestItems?: Record<string, { Keys: Item[] }>; Key?: Item };

/**
 * A small fake of DynamoDB in this process, enough for this benchmark. It keeps the items; its counts are always one.
 */
const items = new Map<string, Item>();
const nameOf = ({ pk, sk }: Item) => `${pk?.S ?? ""} ${sk?.S ?? ""}`;
const answerTo = (operation: string, { Item: item, RequestItems, Key: key }: Input): unknown => {
  if (item) items.set(nameOf(item), item);
  const found = (one: Item) => items.get(nameOf(one));
  if (RequestItems) {
    const entries: [string, Item[]][] = Object.entries(RequestItems).map(
      ([table, { Keys: keys }]) => [table, keys.map(found).filter((one) => one !== undefined)],
    );
    return { Responses: Object.fromEntries(entries), UnprocessedKeys: {} };
  }
  if (operation === "UpdateItem") return { Attributes: { ...key, part0: { N: "1" } } };
  return key ? { Item: found(key) } : {};
};

const client = new DynamoDBClient({
  region: "eu-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  requestHandler: {
    handle({ headers, body }: { headers: Record<string, string>; body: Uint8Array }) {
      const [, operation = ""] = (headers["x-amz-target"] ?? "").split(".");
      const answer = JSON.stringify(
        answerTo(operation, JSON.parse(new TextDecoder().decode(body)) as Input),
      );
      return Promise.resolve({
        response: { statusCode: 200, headers: {}, body: Buffer.from(answer) },
      });
    },
  },
});

const { tableOf } = (await adapter("table")) as Partial<typeof tables>;
// A checkout from before the document client has no `tableOf`; its adapters take the client itself.
const plain: unknown = { client, name: "Items" };
const table = tableOf?.(client, "Items") ?? (plain as tables.Table);
const { dynamoAccountStore } = (await adapter("account-store")) as typeof accountStores;
const { dynamoSessionStore } = (await adapter("session-store")) as typeof sessionStores;
const { dynamoCounter } = (await adapter("counter")) as typeof counters;
const accounts = dynamoAccountStore(table);
const sessions = dynamoSessionStore(table, defaultLimits);
const counter = dynamoCounter(table, "benchmark");

const full = aFullAccount(defaultLimits);
/** About 3 KB: an app, a Telegram account, a phone, and some activity. */
const typical: Account = {
  ...full,
  id: accountId("typical"),
  email: "ann@example.com",
  authenticators: full.authenticators.slice(0, 1),
  totpEnrolment: null,
  telegram: { ...full.telegram, accounts: full.telegram.accounts.slice(0, 1), link: null },
  phones: full.phones.slice(0, 1),
  phoneEnrolment: null,
  recoveryCodes: null,
  challenges: [],
  challengesOpenedAt: { sign_in: [noon], reauthentication: [], host: [] },
  done: [],
  activity: {
    ...full.activity,
    signIns: full.activity.signIns.slice(0, 2),
    changes: full.activity.changes.slice(0, 1),
  },
};
const session = aSession({ accountId: typical.id });

const loadAndSave = async ({ id }: Account) => {
  const loaded = await accounts.load(id);
  if (!loaded) throw new Error("Nothing was kept.");
  await accounts.save(loaded.value, loaded.version, "v1");
};

const works = {
  "load and save a typical account": [1000, () => loadAndSave(typical)],
  "load and save a full account": [150, () => loadAndSave(full)],
  "check a session": [1000, () => sessions.loadWithAccount(typical.id, session.id)],
  "add to a counter": [1000, () => counter.add("key", noon, 600)],
} satisfies Record<string, [number, () => Promise<unknown>]>;

await accounts.save(typical, undefined, "v1");
await accounts.save(full, undefined, "v1");
await sessions.put(session);

/** The processor time of one run in microseconds, measured for the whole process. */
const timed = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  for (let run = 0; run < times / 4; run += 1) await work();
  const before = process.cpuUsage();
  for (let run = 0; run < times; run += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
};

const microseconds: Record<string, number> = {};
for (const [name, [times, work]] of Object.entries(works)) {
  microseconds[name] = await timed(times, work);
}
const bytes = (account: Account) => JSON.stringify(account).length;
console.log(JSON.stringify({ microseconds, typical: bytes(typical), full: bytes(full) }));
