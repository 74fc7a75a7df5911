import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { dynamoCounter } from "../../lib/guard/dynamo-counter.ts";
import { onEveryTable } from "../support/every-table.ts";
import { noon, second } from "../support/time.ts";

onEveryTable((table) => {
  const aCounter = (kind: string) =>
    dynamoCounter({ client: table().client(), name: table().tableName }, kind);

  test("it counts from one, and tells when one more is within a limit", async () => {
    const counter = aCounter("plain");
    const now = noon + 7 * second;
    expect((await counter.add("key", now, 600)).count).toBe(1);
    const { count, freeAt } = await counter.add("key", now, 600);
    expect(count).toBe(2);
    expect(freeAt(3)).toBe(now);
    expect(freeAt(1)).toBe(noon + 1200 * second);
  });

  test("of many that add at once, each is counted and each is told another number", async () => {
    const counter = aCounter("parallel");
    const added = await Promise.all(
      Array.from({ length: 50 }, () => counter.add("key", noon, 600)),
    );
    const counts = added.map(({ count }) => count).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  test("no edge between two windows doubles what is allowed: the last one counts by its share", async () => {
    const counter = aCounter("windows");
    const count = async (milliseconds: number) =>
      (await counter.add("key", noon + milliseconds, 600)).count;
    await count(0);
    expect(await count(600 * second - 1)).toBe(2);
    expect(await count(600 * second)).toBe(1 + 2);
    expect(await count(900 * second)).toBe(2 + 1);
    expect(await count(1200 * second)).toBe(1 + 2);
    expect(await count(2400 * second)).toBe(1);
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
    const counter = dynamoCounter({ client, name: table().tableName }, "silent");
    await expect(counter.add("key", noon, 600)).rejects.toThrow("count");
  });
});
