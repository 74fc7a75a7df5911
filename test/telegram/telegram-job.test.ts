import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqsTelegramQueue } from "../../lib/runtime/sqs-telegram-queue.ts";
import { readTelegramJob } from "../../lib/telegram/telegram-job.ts";
import type { TelegramJob } from "../../lib/telegram/telegram-queue.ts";
import { accountId, challengeId } from "../support/ids.ts";
import { aTelegramAccount } from "../support/telegram.ts";
import { noon } from "../support/time.ts";

const ids = { accountId: accountId("ann"), challengeId: challengeId("challenge") };
const jobs: TelegramJob[] = [
  { kind: "prompt", ...ids, round: 1 },
  { kind: "close", ...ids, notBefore: null },
  { kind: "close", ...ids, notBefore: noon },
  { kind: "prompt", ...ids, round: 2, sent: [{ chat: aTelegramAccount(1).id, messageId: 7 }] },
  { kind: "notify", accountId: ids.accountId, entry: 3, chats: [{ userId: 1, language: "uk" }] },
];

describe("a job off the queue", () => {
  test.each(jobs)("is what was put there: %j", (job) => {
    expect(readTelegramJob(JSON.stringify(job))).toEqual(job);
  });

  test.each([
    ["no JSON", "{"],
    ["an empty body", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["another kind", JSON.stringify({ ...jobs[0], kind: "close" })],
    ["no round", JSON.stringify({ kind: "prompt", ...ids })],
    ["half a round", JSON.stringify({ ...jobs[0], round: 1.5 })],
    ["a round as text", JSON.stringify({ ...jobs[0], round: "1" })],
    ["no time at all", JSON.stringify({ kind: "close", ...ids })],
    ["an account id that reads as a key", JSON.stringify({ ...jobs[0], accountId: "a#b" })],
    ["an empty challenge id", JSON.stringify({ ...jobs[0], challengeId: "" })],
    [
      "a message in a chat without a good name",
      JSON.stringify({ ...jobs[0], sent: [{ chat: "a#b", messageId: 7 }] }),
    ],
    ["a message without a number", JSON.stringify({ ...jobs[0], sent: [{ chat: "tg_1" }] })],
    ["no chats", JSON.stringify({ kind: "notify", accountId: ids.accountId, entry: 3 })],
    ["half an entry", JSON.stringify({ ...jobs[4], entry: 0.5 })],
    [
      "a chat in another language",
      JSON.stringify({ ...jobs[4], chats: [{ userId: 1, language: "de" }] }),
    ],
    ["a challenge id that is a number", JSON.stringify({ ...jobs[0], challengeId: 7 })],
  ])("that is %s is none, and throws", (_, body) => {
    expect(() => readTelegramJob(body)).toThrow();
  });
});

describe("onto the queue", () => {
  const bodies: Record<string, unknown>[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      bodies.push(body);
      const md5 = createHash("md5").update(String(body["MessageBody"])).digest("hex");
      const taken = { MessageId: "1", MD5OfMessageBody: md5 };
      const failed = { __type: "com.amazonaws.sqs#QueueDoesNotExist", message: "no such queue" };
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(status === 200 ? taken : failed));
    });
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const queue = () =>
    sqsTelegramQueue(
      new SQSClient({
        endpoint: endpoint(),
        region: "eu-central-1",
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
        maxAttempts: 1,
      }),
      `${endpoint()}/queue`,
    );
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each([
    [0, 0],
    [-5, 0],
    [0.2, 1],
    [601, 601],
    [899.5, 900],
    [86_400, 900],
  ])("a delay of %d s is %d s: whole, and what SQS takes", async (asked, given) => {
    for (const job of jobs) {
      await queue().send(job, asked);
      const sent = bodies.at(-1);
      expect(sent).toMatchObject({ QueueUrl: `${endpoint()}/queue`, DelaySeconds: given });
      expect(readTelegramJob(String(sent?.["MessageBody"]))).toEqual(job);
    }
  });

  test("a queue that refuses is a fault, not a job that is lost in silence", async () => {
    status = 400;
    const [job] = jobs;
    if (!job) throw new Error("No job.");
    await expect(queue().send(job, 0)).rejects.toThrow();
  });
});
