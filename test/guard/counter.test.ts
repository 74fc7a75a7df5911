import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { slidingCount } from "../../lib/guard/counter.ts";
import { memoryCounter } from "../support/memory-counter.ts";
import { onEveryTable } from "../support/every-table.ts";
import { noon, second } from "../support/time.ts";

onEveryTable((table) => {
  const aCounter = (kind: string) =>
    dynamoCounter(tableOf(table().client(), table().tableName), kind);

  test("it counts from one, and tells when one more is within a limit", async () => {
    const counter = aCounter("plain");
    const now = noon + 7 * second;
    expect((await counter.add("key", now, 600)).count).toBe(1);
    const { count, freeAt } = await counter.add("key", now, 600);
    expect(count).toBe(2);
    expect(freeAt(3)).toBe(now);
    expect(freeAt(1)).toBe(noon + 625 * second);
  });

  test("of many that add at once, each is counted and each is told another number", async () => {
    const counter = aCounter("parallel");
    const added = await Promise.all(
      Array.from({ length: 50 }, () => counter.add("key", noon, 600)),
    );
    const counts = added.map(({ count }) => count).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  test("what is counted leaves a twenty-fourth of the window after it might, never before", async () => {
    const counter = aCounter("windows");
    const count = async (milliseconds: number) =>
      (await counter.add("key", noon + milliseconds, 600)).count;
    await count(0);
    await count(24 * second);
    expect(await count(600 * second)).toBe(3);
    expect(await count(625 * second - 1)).toBe(4);
    expect(await count(625 * second)).toBe(3);
    expect(await count(1800 * second)).toBe(1);
  });

  test("what was counted can be taken back", async () => {
    const counter = aCounter("forgiven");
    await counter.add("key", noon, 600);
    await counter.add("key", noon, 600, -1);
    await expect(counter.add("key", noon, 600)).resolves.toMatchObject({ count: 1 });
  });

  test("other keys and other kinds count for themselves", async () => {
    await aCounter("one").add("key", noon, 600);
    await expect(aCounter("one").add("other", noon, 600)).resolves.toMatchObject({ count: 1 });
    await expect(aCounter("two").add("key", noon, 600)).resolves.toMatchObject({ count: 1 });
  });

  test("an answer without a count is a fault, never none so far", async () => {
    const client = table().client();
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          const answer = await next(request);
          if (commandName !== UpdateItemCommand.name) return answer;
          return { ...answer, output: { ...answer.output, Attributes: undefined } };
        },
      { step: "initialize" },
    );
    const counter = dynamoCounter(tableOf(client, table().tableName), "silent");
    await expect(counter.add("key", noon, 600)).rejects.toThrow("count");
  });
});

describe("however the adds fall on the clock,", () => {
  const times = fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 1, maxLength: 120 });
  const limits = fc.integer({ min: 1, max: 12 });

  test("no span of the window's length lets more through than the limit", async () => {
    await fc.assert(
      fc.asyncProperty(times, limits, async (at, limit) => {
        const counter = memoryCounter();
        const passed: number[] = [];
        for (const time of at.toSorted((a, b) => a - b)) {
          const { count } = await counter.add("key", noon + time, 600);
          if (count <= limit) passed.push(time);
        }
        for (const from of passed) {
          const within = passed.filter((time) => time >= from && time < from + 600_000);
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  test("whoever waits as long as is told gets through, and a moment earlier does not", async () => {
    await fc.assert(
      fc.asyncProperty(times, limits, async (at, limit) => {
        const sorted = at.toSorted((a, b) => a - b);
        const spend = async () => {
          const counter = memoryCounter();
          const adds = sorted.map((time) => () => counter.add("key", noon + time, 600));
          let last = await counter.add("key", noon, 600);
          for (const add of adds) last = await add();
          return { counter, freeAt: last.freeAt(limit) };
        };
        const now = noon + (sorted.at(-1) ?? 0);
        const { counter, freeAt } = await spend();
        expect(freeAt).toBeGreaterThanOrEqual(now);
        expect((await counter.add("key", freeAt, 600)).count).toBeLessThanOrEqual(limit);
        if (freeAt === now) return;
        const early = await (await spend()).counter.add("key", freeAt - 1, 600);
        expect(early.count).toBeGreaterThan(limit);
      }),
    );
  });

  test("where nothing is allowed there is still an end to the wait", () => {
    const counted = new Map([[0, 1]]);
    expect(slidingCount(counted, new Map(), noon, 600).freeAt(0)).toBe(noon + 600 * second);
  });
});
