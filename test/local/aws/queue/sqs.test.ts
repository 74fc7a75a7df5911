import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { anSqsClient, aQueue, queueUrl } from "../../support/queue.ts";
import { aStack } from "../../support/stack.ts";

// The SDK's own client against the local queue: it checks MD5s and makes errors of what it knows.

async function aClient() {
  const stack = await aStack(aQueue());
  const QueueUrl = await queueUrl(stack.url);
  return { ...stack, QueueUrl, client: anSqsClient(stack.endpoints.sqs) };
}

test.each([
  ["an unknown queue", { QueueUrl: "http://127.0.0.1/000000000000/Other" }, "QueueDoesNotExist"],
  ["no body", { MessageBody: "" }, "MissingParameter"],
  ["a body over 256 KB", { MessageBody: "é".repeat(131_073) }, "InvalidParameterValue"],
  ["a delay over 15 minutes", { DelaySeconds: 901 }, "InvalidParameterValue"],
  ["a negative delay", { DelaySeconds: -1 }, "InvalidParameterValue"],
  ["a control character", { MessageBody: "a\u0000" }, "InvalidMessageContents"],
  [
    "attributes, which the local queue does not have",
    { MessageAttributes: { a: { DataType: "String", StringValue: "b" } } },
    "UnsupportedOperation",
  ],
])("SQS refuses %s", async (_, wrong, name) => {
  const { client, QueueUrl } = await aClient();
  const command = new SendMessageCommand({ QueueUrl, MessageBody: "a", ...wrong });
  await expect(client.send(command)).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  });
});

test("the largest body is taken, in the functions' own way to the queue", async () => {
  const { client, QueueUrl, endpoints } = await aClient();
  expect(QueueUrl).toBe(`${endpoints.sqs}/000000000000/Work`);
  const MessageBody = "x".repeat(256 * 1024);
  const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  expect(MessageId).toMatch(/^[\da-f-]{36}$/);
});

test("of a batch the good messages are sent, and each bad one is named", async () => {
  const { client, QueueUrl } = await aClient();
  const Entries = [
    { Id: "good", MessageBody: "a" },
    { Id: "bad", MessageBody: "a", DelaySeconds: 1000 },
  ];
  const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful).toMatchObject([{ Id: "good" }]);
  expect(sent.Failed).toMatchObject([
    { Id: "bad", SenderFault: true, Code: "InvalidParameterValue" },
  ]);
});

const entry = (Id: string, MessageBody = "a") => ({ Id, MessageBody });

test.each([
  ["without messages", [], "EmptyBatchRequest"],
  [
    "of eleven",
    Array.from({ length: 11 }, (_, n) => entry(`m${n}`)),
    "TooManyEntriesInBatchRequest",
  ],
  ["with one id twice", [entry("a"), entry("a")], "BatchEntryIdsNotDistinct"],
  ["with a bad id", [entry("a b")], "InvalidBatchEntryId"],
  [
    "that is too long together",
    [entry("a", "x".repeat(140_000)), entry("b", "x".repeat(140_000))],
    "BatchRequestTooLong",
  ],
])("SQS refuses a batch %s", async (_, Entries, name) => {
  const { client, QueueUrl } = await aClient();
  await expect(
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
  ).rejects.toMatchObject({ name });
});

test.each([
  ["of no message of ours", { ReceiptHandle: "bm9uZQ==" }, "ReceiptHandleIsInvalid"],
  ["of a message that is not there", { ReceiptHandle: "bm9uZSMx" }, "MessageNotInflight"],
  ["for more than twelve hours", { VisibilityTimeout: 43_201 }, "InvalidParameterValue"],
  ["for less than no time", { VisibilityTimeout: -1 }, "InvalidParameterValue"],
])("SQS refuses to change the visibility %s", async (_, wrong, name) => {
  const { client, QueueUrl } = await aClient();
  const asked = { QueueUrl, ReceiptHandle: "bm9uZSMx", VisibilityTimeout: 5, ...wrong };
  await expect(client.send(new ChangeMessageVisibilityCommand(asked))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  });
});

test("web pages cannot send", async () => {
  const { endpoints, QueueUrl } = await aClient();
  const response = await fetch(endpoints.sqs, {
    method: "POST",
    headers: { origin: "https://evil.example", "x-amz-target": "AmazonSQS.SendMessage" },
    body: JSON.stringify({ QueueUrl, MessageBody: "a" }),
  });
  expect(response.status).toBe(403);
});
