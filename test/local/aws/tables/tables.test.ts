import { connect } from "node:net";
import { join } from "node:path";
import {
  DescribeTableCommand,
  DynamoDBClient,
  paginateQuery,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";

import dynalite from "dynalite";
import { expect, onTestFinished, test } from "vitest";
import { createTable } from "../../../../local/aws/tables/create-table.ts";
import { sweep } from "../../../../local/aws/tables/sweep.ts";
import { startTables } from "../../../../local/aws/tables/tables.ts";
import { TABLE } from "../../support/assembly.ts";
import { aFolder } from "../../support/folder.ts";
import { ITEMS } from "../../support/items.ts";
import { run } from "../../support/process.ts";
import { advance, aStack } from "../../support/stack.ts";

/** An open store; it closes with the test. */
async function aStore(path: string) {
  const tables = await startTables(path);
  onTestFinished(tables.stop);
  await createTable(tables.client, ITEMS);
  return tables;
}

const put = (client: DynamoDBClient, sk: string, ttl?: number, TableName = ITEMS.name) =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: {
        pk: { S: "item" },
        sk: { S: sk },
        ...(ttl === undefined ? {} : { ttl: { N: String(ttl) } }),
      },
    }),
  );

async function keys(client: DynamoDBClient, TableName = ITEMS.name): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map(({ sk }) => sk?.S ?? "").sort();
}

test("items that were acknowledged survive a kill -9 at any moment", async () => {
  const path = join(await aFolder(), "tables");
  const { child, ended } = run("test/local/support/write-items.ts", [path]);
  await new Promise<void>((resolve) => {
    let text = "";
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      if (text.includes("\n100\n")) resolve();
    });
  });
  child.kill("SIGKILL");
  const { stdout } = await ended;
  const acknowledged = stdout.split("\n").slice(0, -1);

  const { client } = await aStore(path);
  const stored = new Set<string>();
  const query = {
    TableName: ITEMS.name,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "item" } },
  };
  for await (const { Items = [] } of paginateQuery({ client }, query))
    for (const { sk } of Items) stored.add(sk?.S ?? "");
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
  await put(client, "after");
});

test("a table whose creation was cut short becomes usable", async () => {
  const path = join(await aFolder(), "tables");
  const store = dynalite({ path, createTableMs: 3_600_000 });
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  const address = store.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await fetch(`http://127.0.0.1:${port}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
      "x-amz-date": "20260101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=x",
    },
    body: JSON.stringify({
      TableName: ITEMS.name,
      KeySchema: ITEMS.KeySchema,
      AttributeDefinitions: ITEMS.AttributeDefinitions,
      BillingMode: "PAY_PER_REQUEST",
    }),
  });
  await new Promise((resolve) => {
    store.close(resolve);
    store.closeAllConnections();
  });

  const { client } = await aStore(path);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: ITEMS.name }));
  expect(Table?.TableStatus).toBe("ACTIVE");
  await put(client, "after");
});

test("a store that is open cannot be opened again", async () => {
  const path = join(await aFolder(), "tables");
  await aStore(path);
  await expect(startTables(path)).rejects.toThrow(/Another process has the data/);
});

test("a caller that hangs up in the middle of a request does not end the store", async () => {
  const { endpoint, client } = await aStore(join(await aFolder(), "tables"));
  const { hostname, port } = new URL(endpoint);
  for (let round = 0; round < 5; round += 1) {
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => {
      socket.write(
        `POST / HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-length: 1000\r\n\r\n{`,
        () => resolve(),
      );
    });
    socket.resetAndDestroy();
  }
  await put(client, "after");
  expect(await keys(client)).toEqual(["after"]);
});

test("web pages cannot read the store", async () => {
  const { endpoint } = await aStore(join(await aFolder(), "tables"));
  const response = await fetch(endpoint, {
    method: "OPTIONS",
    headers: { origin: "https://evil.example" },
  });
  expect(response.status).toBe(403);
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});

test("a sweep deletes what has expired and nothing else", async () => {
  const { client } = await aStore(join(await aFolder(), "tables"));
  await put(client, "expired", 999);
  await put(client, "this second", 1000);
  await put(client, "later", 1001);
  await put(client, "for ever");
  await sweep(client, ITEMS, 1_000_500);
  expect(await keys(client)).toEqual(["for ever", "later", "this second"]);
});

test("when the clock has been moved, what expired by it is gone", async () => {
  const code = `
    const { AWS_ENDPOINT_URL_DYNAMODB } = process.env;
    exports.handler = async () => ({ endpoint: AWS_ENDPOINT_URL_DYNAMODB });`;
  const stack = await aStack({
    functions: { Where: { code } },
    routes: { $default: "Where" },
    resources: TABLE,
  });
  const client = new DynamoDBClient({
    endpoint: stack.endpoints.dynamodb,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(() => client.destroy());
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  await put(client, "hour", inAnHour, "Table");
  await put(client, "day", inAnHour + 86_400, "Table");
  await advance(stack.url, 3602);
  expect(await keys(client, "Table")).toEqual(["day"]);
});

test("data is there after the stack was stopped and started", async () => {
  const code = `
    const post = (target, body) => fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810." + target,
        "x-amz-date": "20260101T000000Z",
        authorization: "AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=x",
      },
      body: JSON.stringify({ TableName: process.env.TABLE_NAME, ...body }),
    }).then((response) => response.json());
    const key = { pk: { S: "a" }, sk: { S: "b" } };
    exports.handler = (event) => event.rawPath === "/put"
      ? post("PutItem", { Item: { ...key, value: { S: "kept" } } })
      : post("GetItem", { Key: key });`;
  const wanted = {
    functions: { Store: { code, environment: { TABLE_NAME: { Ref: "Table" } } } },
    routes: { $default: "Store" },
    resources: TABLE,
  };
  const first = await aStack(wanted);
  expect(await (await fetch(`${first.url}/put`)).json()).toEqual({});
  await first.stop();
  const second = await aStack(wanted, { dataDir: first.dataDir });
  expect(await (await fetch(second.url)).json()).toMatchObject({ Item: { value: { S: "kept" } } });
});
