import { createHash } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { expect, test, vi } from "vitest";
import { anSqsClient, aQueue, counts, queueUrl } from "../../support/queue.ts";
import { logged } from "../../support/people.ts";
import { advance, aStack } from "../../support/stack.ts";

async function aRunningQueue(wanted = aQueue(), dataDir?: string) {
  const stack = await aStack(wanted, dataDir === undefined ? {} : { dataDir });
  const QueueUrl = await queueUrl(stack.url);
  const client = anSqsClient(stack.endpoints.sqs);
  return {
    ...stack,
    send: (MessageBody: string, DelaySeconds = 0) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    sendAll: (bodies: string[]) => {
      const Entries = bodies.map((MessageBody, index) => ({ Id: `m${index}`, MessageBody }));
      return client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    },
    hide: (ReceiptHandle: string, VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
      ),
    batches: async (count: number) =>
      (await logged(stack.url, "batch", count)).map(({ batch }) => (batch as SQSEvent).Records),
    settled: (expected: Record<string, number>) =>
      vi.waitFor(async () => expect(await counts(stack.url)).toMatchObject(expected), 10_000),
  };
}

const EMPTY = { waiting: 0, inFlight: 0, delayed: 0, dead: 0 };

test("a message reaches its function as Lambda hands it over, and is gone", async () => {
  const { url, send, batches, settled } = await aRunningQueue();
  const { MessageId } = await send('{"kind":"prompt"}');
  const [[record] = []] = await batches(1);
  expect(record).toEqual({
    messageId: MessageId,
    receiptHandle: expect.any(String) as string,
    body: '{"kind":"prompt"}',
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
      SenderId: expect.any(String) as string,
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
    },
    messageAttributes: {},
    md5OfBody: createHash("md5").update('{"kind":"prompt"}').digest("hex"),
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:Work",
    awsRegion: "us-east-1",
  });
  await settled(EMPTY);
  expect(await counts(url)).toEqual({ name: "Work", ...EMPTY });
});

test("a delayed message comes when the clock says so, and has been handled when the move ends", async () => {
  const { url, send, batches } = await aRunningQueue();
  await send("later", 900);
  expect(await counts(url)).toMatchObject({ delayed: 1, waiting: 0 });
  await advance(url, 899);
  expect(await counts(url)).toMatchObject({ delayed: 1 });
  await advance(url, 1);
  expect(await counts(url)).toMatchObject(EMPTY);
  expect(await batches(1)).toHaveLength(1);
});

test("only the messages that the function names come again, after the visibility timeout", async () => {
  const { url, sendAll, batches, settled } = await aRunningQueue();
  await sendAll(["a", "fail once", "b"]);
  await settled({ ...EMPTY, inFlight: 1 });
  expect((await batches(1)).map((records) => records.length)).toEqual([3]);
  // Real time goes on as well.
  await advance(url, 90);
  expect(await counts(url)).toMatchObject({ inFlight: 1 });
  await advance(url, 30);
  const [, again = []] = await batches(2);
  expect(again).toMatchObject([
    { body: "fail once", attributes: { ApproximateReceiveCount: "2" } },
  ]);
  await settled(EMPTY);
});

test("a receiver that hides its message for five seconds has it come again then, and not earlier", async () => {
  const { url, send, hide, batches, settled } = await aRunningQueue();
  await send("fail once");
  const [[record] = []] = await batches(1);
  await settled({ ...EMPTY, inFlight: 1 });
  await hide(record?.receiptHandle ?? "", 500);
  // The end of its visibility timeout does not bring it back either.
  await advance(url, 480);
  expect(await counts(url)).toMatchObject({ inFlight: 1 });
  await hide(record?.receiptHandle ?? "", 5);
  await advance(url, 5);
  const [, again = []] = await batches(2);
  expect(again).toMatchObject([
    { body: "fail once", attributes: { ApproximateReceiveCount: "2" } },
  ]);
  await settled(EMPTY);
  // What is done is in flight no more.
  await expect(hide(record?.receiptHandle ?? "", 5)).rejects.toMatchObject({
    name: "MessageNotInflight",
  });
});

test("a message that fails three times is kept as a dead letter", async () => {
  const { url, send, batches } = await aRunningQueue();
  await send("fail");
  for (const tries of [1, 2, 3]) {
    await batches(tries);
    await advance(url, 120);
  }
  expect(await counts(url)).toMatchObject({ ...EMPTY, dead: 1 });
  await advance(url, 120);
  expect(await batches(3)).toHaveLength(3);
});

test("a function that throws fails its whole batch, and one that reports nothing settles it", async () => {
  const first = await aRunningQueue();
  await first.sendAll(["throw", "a"]);
  await first.batches(1);
  await first.settled({ ...EMPTY, inFlight: 2 });

  const second = await aRunningQueue(aQueue({ reportsFailures: false }));
  await second.sendAll(["fail", "a"]);
  await second.settled(EMPTY);
});

test("more than ten messages come in several batches", async () => {
  const { sendAll, batches, settled } = await aRunningQueue();
  const bodies = Array.from({ length: 10 }, (_, index) => `m${index}`);
  await Promise.all([sendAll(bodies), sendAll(bodies), sendAll(bodies)]);
  await settled(EMPTY);
  const sizes = (await batches(3)).map((records) => records.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(30);
});

test("messages outlive a restart: those that wait, those that are delayed, and those under way", async () => {
  const first = await aRunningQueue();
  await first.send("hang");
  await first.batches(1);
  await first.send("later", 600);
  await first.send("fail");
  await first.settled({ ...EMPTY, inFlight: 2, delayed: 1 });
  await first.stop();

  const second = await aRunningQueue(aQueue(), first.dataDir);
  const bodies = (await second.batches(1)).flat().map(({ body }) => body);
  expect(bodies.sort()).toEqual(["fail", "hang"]);
  expect(await counts(second.url)).toMatchObject({ inFlight: 2, delayed: 1 });
  await advance(second.url, 600);
  expect((await second.batches(2)).flat().map(({ body }) => body)).toContain("later");
});
