import { appendFile, cp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { isRefusal } from "../../../../local/aws/data/refusal.ts";
import { createTable } from "../../../../local/aws/tables/create-table.ts";
import { startTables } from "../../../../local/aws/tables/tables.ts";
import { aFolder } from "../../support/folder.ts";
import { ITEMS } from "../../support/items.ts";

// A store whose files were damaged while it rested.

const keyOf = (sk: string) => ({ pk: { S: "item" }, sk: { S: sk } });

/** Writes an item in a run of its own. */
async function write(path: string, sk: string): Promise<void> {
  const tables = await startTables(path);
  await createTable(tables.client, ITEMS);
  await tables.client.send(
    new PutItemCommand({
      TableName: ITEMS.name,
      Item: { ...keyOf(sk), padding: { S: "x".repeat(2000) } },
    }),
  );
  await tables.stop();
}

/** A store that holds an old item, by now in a table of LevelDB's, and a new one in its log. */
let resting: string;
beforeAll(async () => {
  resting = await aFolder(afterAll);
  await write(join(resting, "tables"), "old");
  await write(join(resting, "tables"), "new");
});

/** A copy of it, to be damaged. */
async function aRestingStore(): Promise<string> {
  const folder = await aFolder();
  await cp(resting, folder, { recursive: true });
  return join(folder, "tables");
}

async function fileOf(path: string, ending: RegExp): Promise<string> {
  const names = (await readdir(path)).filter((name) => ending.test(name));
  expect(names).toHaveLength(1);
  return join(path, names[0] ?? "");
}

const flip = (ending: RegExp) => async (path: string) => {
  const file = await fileOf(path, ending);
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
  await writeFile(file, bytes);
};
const shorten = (ending: RegExp, size: (whole: number) => number) => async (path: string) => {
  const file = await fileOf(path, ending);
  await truncate(file, size((await readFile(file)).length));
};
const remove = (ending: RegExp) => async (path: string) => rm(await fileOf(path, ending));

const LOG = /\.log$/;
const TABLE = /\.ldb$/;
const MANIFEST = /^MANIFEST/;
const CURRENT = /^CURRENT$/;
const half = (whole: number) => Math.floor(whole / 2);

describe("a store is not started, and a sentence says why, if", () => {
  test.each([
    ["the log is empty", shorten(LOG, () => 0)],
    ["the log has lost its end", shorten(LOG, half)],
    ["the log has lost one byte", shorten(LOG, (whole) => whole - 1)],
    ["a bit of the log is another", flip(LOG)],
    ["the log is gone", remove(LOG)],
    ["a bit of a table is another", flip(TABLE)],
    ["a table is shorter", shorten(TABLE, half)],
    ["a table is gone", remove(TABLE)],
    ["a bit of the manifest is another", flip(MANIFEST)],
    ["the manifest has lost its end", shorten(MANIFEST, half)],
    ["the manifest is gone", remove(MANIFEST)],
    ["the manifest's name is another", flip(CURRENT)],
    ["the manifest's name is gone", remove(CURRENT)],
    ["everything is gone", (path: string) => rm(path, { recursive: true })],
  ])("%s", async (_, damage) => {
    const path = await aRestingStore();
    await damage(path);
    const error: unknown = await startTables(path).catch((reason: unknown) => reason);
    expect(isRefusal(error)).toBe(true);
    expect((error as Error).message).toMatch(/tables is damaged.*--reset\.$/);
    // Nor is it by the next try: the first one has not mended anything.
    await expect(startTables(path)).rejects.toThrow(/is damaged/);
  });
});

test("a last write that was cut short by a kill is no damage: nobody was told that it was done", async () => {
  const path = await aRestingStore();
  const log = await fileOf(path, LOG);
  // The head of a record of 500 bytes, and a few of those.
  await appendFile(log, Buffer.from([1, 2, 3, 4, 0xf4, 1, 1, 9, 9, 9]));
  const { client, stop } = await startTables(path);
  onTestFinished(stop);
  for (const sk of ["old", "new"])
    expect(
      (await client.send(new GetItemCommand({ TableName: ITEMS.name, Key: keyOf(sk) }))).Item,
    ).toBeDefined();
});

test("a store of a time before there were seals starts, and has one from then on", async () => {
  const path = await aRestingStore();
  await rm(`${path}.seal`);
  await write(path, "newer");
  await shorten(LOG, half)(path);
  await expect(startTables(path)).rejects.toThrow(/is damaged/);
});
