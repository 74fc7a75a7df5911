import { spawn } from "node:child_process";
import { appendFile, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { openJournal } from "../../../../local/aws/data/journal.ts";
import { openQueues } from "../../../../local/aws/queue/queues.ts";
import { aFolder } from "../../support/folder.ts";
import { aSmallDisk, DISK_BYTES } from "../../support/small-disk.ts";
import { WORK } from "../../support/work.ts";

/** A set of numbers that is kept in a journal. */
function aSet(path: string) {
  const numbers = new Set<number>();
  const journal = openJournal({
    path,
    schema: z.number(),
    apply: (change) => {
      if (change > 0) numbers.add(change);
      else numbers.delete(-change);
    },
    snapshot: () => [...numbers],
  });
  return { numbers, ...journal };
}

test("what was recorded is there again, readable by its owner alone", async () => {
  const path = join(await aFolder(), "set.jsonl");
  const first = aSet(path);
  first.record(1, 2, 3);
  first.record(-2);
  first.close();
  const second = aSet(path);
  expect([...second.numbers]).toEqual([1, 3]);
  expect(await readFile(path, "utf8")).toBe("1\n3\n");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  second.close();
});

test("a line that was cut short is dropped, and a damaged one refused", async () => {
  const path = join(await aFolder(), "set.jsonl");
  await writeFile(path, "1\n2\n3");
  const set = aSet(path);
  expect([...set.numbers]).toEqual([1, 2]);
  set.record(4);
  set.close();
  expect(await readFile(path, "utf8")).toBe("1\n2\n4\n");
  await appendFile(path, "{}\n5\n");
  expect(() => aSet(path)).toThrow(/damaged.*--reset/);
});

test("on a full disk a change is refused whole, and those before and after it are kept", async (context) => {
  const disk = await aSmallDisk();
  if (!disk) return context.skip("A disk can be mounted here by nobody.");
  const path = join(disk, "set.jsonl");
  const set = aSet(path);
  set.record(1);
  const filler = join(disk, "filler");
  await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => undefined);
  // What is left of the last page takes a part of these.
  const many = Array.from({ length: 5000 }, (_, index) => index + 10);
  expect(() => set.record(...many)).toThrow(/ENOSPC/);
  expect([...set.numbers]).toEqual([1]);
  await rm(filler);
  set.record(2);
  set.close();
  const again = aSet(path);
  expect([...again.numbers]).toEqual([1, 2]);
  again.close();
});

test("the file does not grow for ever", async () => {
  const path = join(await aFolder(), "set.jsonl");
  const set = aSet(path);
  for (let round = 0; round < 6000; round += 1) set.record(1, -1);
  set.record(7);
  set.close();
  expect((await stat(path)).size).toBeLessThan(20_000);
  expect([...aSet(path).numbers]).toEqual([7]);
});

test("messages that were acknowledged survive a kill -9 at any moment", async () => {
  const path = join(await aFolder(), "queues.jsonl");
  const script = fileURLToPath(new URL("../../support/send-messages.ts", import.meta.url));
  const child = spawn(process.execPath, [script, path], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    output += text.toString();
    if (output.length > 2000) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.once("close", resolve));

  const acknowledged = output.split("\n").slice(0, -1);
  const queues = openQueues({
    path,
    plans: [WORK],
    now: Date.now,
    timers: { at: () => () => undefined, stop: () => undefined },
  });
  const kept = new Set(queues.receive(WORK, Infinity).map(({ body }) => body));
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.filter((body) => !kept.has(body))).toEqual([]);
  queues.close();
});
