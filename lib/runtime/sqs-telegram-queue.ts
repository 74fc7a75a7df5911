import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { FailedJobs, TelegramQueue } from "../telegram/telegram-queue.ts";

export const sqsTelegramQueue = (client: SQSClient, queueUrl: string): TelegramQueue => ({
  async send(job, delaySeconds) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(job),
        DelaySeconds: Math.min(900, Math.max(0, Math.ceil(delaySeconds))),
      }),
    );
  },
});

export const sqsFailedJobs = (client: SQSClient, queueUrl: string): FailedJobs => ({
  async hide(receipt, seconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receipt,
        VisibilityTimeout: seconds,
      }),
    );
  },
});
