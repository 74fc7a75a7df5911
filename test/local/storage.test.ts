import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEMO } from "../../local/twostep/demo.ts";
import { openData } from "../../local/twostep/data.ts";
import { isRefusal } from "../../local/aws/data/refusal.ts";
import { storageRefusal } from "../../local/aws/data/storage-refusal.ts";
import { aBot } from "./support/bot.ts";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";
import { aSmallDisk, DISK_BYTES, makeReadOnly } from "./support/small-disk.ts";
import { aStack } from "./support/stack.ts";

// A data folder that cannot be used is refused in a sentence, and nothing in it gets worse.

const failed = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: in the system's words`), { code, path });

test.each([
  [failed("ENOSPC"), /^The disk with \/data is full\. Free some space/],
  [failed("ENOSPC", "/elsewhere/x"), /^The disk with \/elsewhere\/x is full/],
  [failed("EDQUOT", "/data/x"), /^The disk with \/data\/x is full/],
  [failed("EROFS", "/data/x"), /^\/data\/x cannot be written \(EROFS\)\..*--data\.$/],
  [failed("EACCES", "/data"), /^\/data cannot be written \(EACCES\)/],
  [failed("ENOTDIR", "/data"), /^\/data is no folder/],
  [failed("EIO", "/data/x"), /^\/data\/x cannot be used \(EIO: in the system's words\)/],
  [new Error("IO error: /data/5.log: No space left on device"), /^The disk with \/data is full/],
  [new Error("IO error: /data/LOCK: Read-only file system"), /^\/data cannot be written \(EROFS\)/],
])("%s is told in a sentence", (error, sentence) => {
  const told = storageRefusal(error, "/data");
  expect(isRefusal(told)).toBe(true);
  expect(told?.message).toMatch(sentence);
});

test.each([
  new TypeError("undefined is not a function"),
  failed("ENOENT", "/elsewhere/x"),
  failed("ECONNREFUSED"),
  failed("ERR_MODULE_NOT_FOUND"),
  "ENOSPC",
])("%s is about no data folder", (error) => {
  expect(storageRefusal(error, "/data")).toBeUndefined();
});

describe.each(["clock.json", "secrets.json", "demo.json", "custom-resources.json"])(
  "%s",
  (name) => {
    test.each([
      ["cut short", '{"x'],
      ["empty", ""],
      ["of another kind", '{"offsetMs":"x","id":5}'],
    ])("that is %s is refused and left as it is", async (_, text) => {
      const dataDir = await aFolder();
      await openData(dataDir);
      await writeFile(join(dataDir, name), text);
      const error: unknown = await aStack(aBot(), { dataDir, demo: true }).catch(
        (reason: unknown) => reason,
      );
      expect(isRefusal(error)).toBe(true);
      expect((error as Error).message).toMatch(
        new RegExp(`/${name} is of another version, or damaged\\..*--reset\\.$`),
      );
      expect(await readFile(join(dataDir, name), "utf8")).toBe(text);
    });
  },
);

const start = (dataDir: string, ...more: string[]) =>
  run("local/start.ts", ["--port", "0", "--quiet", "--data", dataDir, ...more]);

const refused = async (dataDir: string, ...more: string[]): Promise<string> => {
  const { code, stdout, stderr } = await start(dataDir, ...more).ended;
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  return stderr;
};

test("the command refuses, in one line, a folder that is a file, lies in one, or holds damage", async () => {
  const folder = await aFolder();
  const file = join(folder, "file");
  await writeFile(file, "mine");
  expect(await refused(file)).toContain("no folder");
  expect(await refused(join(file, "data"))).toContain("no folder");
  const data = join(folder, "data");
  await openData(data);
  await writeFile(join(data, "clock.json"), "{");
  expect(await refused(data)).toContain("clock.json is of another version, or damaged");
});

test("a disk that fills up ends the stack with a sentence, and what it had is there again", async (context) => {
  const disk = await aSmallDisk();
  if (disk === undefined) return context.skip("A disk can be mounted here by nobody.");
  const data = join(disk, "data");
  const filler = join(disk, "filler");
  const first = start(data);
  const url = await first.ready;
  await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => undefined);
  const signIn = (at: string) =>
    fetch(`${at}/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(DEMO),
    }).then(
      ({ status }) => status,
      () => 0,
    );
  // The last page of a file still takes some writes; after that nobody answers.
  while ((await signIn(url)) !== 0);
  const { code, stderr } = await first.ended;
  expect(code).toBe(1);
  expect(stderr.trim().split("\n").at(-1)).toMatch(/^The disk with .* is full\. Free some space/);
  expect(await refused(data)).toContain("is full");
  await rm(filler);
  expect(await signIn(await start(data).ready)).toBe(200);
});

test("a folder that cannot be written is refused in a sentence", async (context) => {
  const disk = await aSmallDisk();
  if (disk === undefined) return context.skip("A disk can be mounted here by nobody.");
  const data = join(disk, "data");
  await openData(data);
  makeReadOnly(disk);
  for (const refusing of [refused(data), refused(data, "--reset"), refused(join(disk, "new"))])
    expect(await refusing).toMatch(/cannot be written \(EROFS\)/);
});
