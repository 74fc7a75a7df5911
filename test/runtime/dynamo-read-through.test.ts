import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { readThrough } from "../../lib/runtime/dynamo-read-through.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { startDynalite } from "../support/dynalite.ts";

const clientAt = (endpoint: string) => {
  const client = new DynamoDBClient({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
};

test("a table that answers is read, and one that is not there fails", async () => {
  const { endpoint, tableName, stop } = await startDynalite();
  onTestFinished(stop);
  const client = clientAt(endpoint);
  await readThrough(tableOf(client, tableName));
  await expect(readThrough(tableOf(client, "another"))).rejects.toThrow();
});

test("a table that hangs fails, in a bounded time", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const table = tableOf(clientAt(`http://127.0.0.1:${port}`), "accounts");
  await expect(readThrough(table)).rejects.toThrow();
});
