import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEMO } from "../../../local/twostep/demo.ts";
import { findRunning } from "../../../local/twostep/running.ts";
import { aFolder } from "../support/folder.ts";
import { aStack } from "../support/stack.ts";

test("a stack that runs is found, and no more once it has stopped", async () => {
  const { url, dataDir, stop } = await aStack({});
  expect(await findRunning(dataDir)).toEqual({ url, pid: process.pid, demo: DEMO });
  await stop();
  expect(await findRunning(dataDir)).toBeUndefined();
});

test("a note of a stack that was killed is not believed, even if its process number is in use again", async () => {
  const dataDir = await aFolder();
  const { url, stop } = await aStack({});
  await stop();
  await writeFile(
    join(dataDir, "local.json"),
    JSON.stringify({ url, pid: process.pid, demo: DEMO }),
  );
  expect(await findRunning(dataDir)).toBeUndefined();
});

test("a garbled note is no stack", async () => {
  const dataDir = await aFolder();
  await writeFile(join(dataDir, "local.json"), '{"url":');
  expect(await findRunning(dataDir)).toBeUndefined();
});
