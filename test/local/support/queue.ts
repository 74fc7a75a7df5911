import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import type { TestAssembly } from "./assembly.ts";

/**
 * A queue with a function that logs its batches and does as the bodies say: `throw` fails the batch, `fail` the message,
 * `fail once` only at its first time, `hang` never ends. `GET /` tells the queue's URL.
 */
export function aQueue({ reportsFailures = true } = {}): TestAssembly {
  return {
    functions: {
      Where: {
        code: `exports.handler = async () => ({ url: process.env.QUEUE_URL });`,
        environment: { QUEUE_URL: { Ref: "Work" } },
      },
      Worker: {
        timeoutSeconds: 20,
        code: `exports.handler = async (batch) => {
          console.log(JSON.stringify({ batch, at: Date.now() }));
          const bodies = batch.Records.map(({ body }) => body);
          if (bodies.includes("throw")) throw new Error("asked to");
          if (bodies.includes("hang")) await new Promise(() => {});
          const failed = batch.Records.filter(({ body, attributes }) =>
            body === "fail" || (body === "fail once" && attributes.ApproximateReceiveCount === "1"));
          return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
        };`,
      },
    },
    routes: { $default: "Where" },
    resources: {
      Dead: { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: 1_209_600 } },
      Work: {
        Type: "AWS::SQS::Queue",
        Properties: {
          VisibilityTimeout: 120,
          RedrivePolicy: {
            deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] },
            maxReceiveCount: 3,
          },
        },
      },
      Delivery: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: { "Fn::GetAtt": ["Work", "Arn"] },
          FunctionName: { Ref: "Worker" },
          BatchSize: 10,
          ...(reportsFailures ? { FunctionResponseTypes: ["ReportBatchItemFailures"] } : {}),
        },
      },
    },
  };
}

export async function queueUrl(url: string): Promise<string> {
  return ((await (await fetch(url)).json()) as { url: string }).url;
}

export function anSqsClient(endpoint: string): SQSClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SQSClient({ endpoint, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  return client;
}

export type Counts = {
  name: string;
  waiting: number;
  inFlight: number;
  delayed: number;
  dead: number;
};

export async function counts(url: string): Promise<Counts | undefined> {
  const response = await fetch(`${url}/devices/api/queues`);
  return ((await response.json()) as { queues: Counts[] }).queues[0];
}
