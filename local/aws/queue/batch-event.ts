import { createHash } from "node:crypto";
import type { SQSEvent } from "aws-lambda";
import * as z from "zod/mini";
import type { FunctionOutcome } from "../lambda/instance.ts";
import { REGION } from "../template/names.ts";
import type { QueueMessage } from "./queue-state.ts";
import { receiptOf } from "./receipt.ts";

/** The MD5 by which SQS lets senders and receivers check a body. */
export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** The event that Lambda makes of a batch of messages; Lambda developer guide, "Using Lambda with Amazon SQS". */
export function batchEvent(queueArn: string, messages: readonly QueueMessage[]): SQSEvent {
  return {
    Records: messages.map(({ id, body, sentAt, receives, firstReceivedAt = sentAt }) => ({
      messageId: id,
      receiptHandle: receiptOf({ id, receives }),
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(Math.floor(sentAt)),
        SenderId: "AIDALOCALSTACK0000000",
        ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedAt)),
      },
      messageAttributes: {},
      md5OfBody: md5(body),
      eventSource: "aws:sqs",
      eventSourceARN: queueArn,
      awsRegion: REGION,
    })),
  };
}

const Report = z.object({
  batchItemFailures: z.optional(
    z.nullable(z.array(z.object({ itemIdentifier: z.string().check(z.minLength(1)) }))),
  ),
});

/**
 * Returns the ids of the messages of a batch that are done and may be deleted. If the function reports partial
 * failures, these are all messages except those that the report names. If Lambda cannot read the report, or if it names
 * a message that is not in the batch, the whole batch fails.
 */
export function closedMessages(
  outcome: FunctionOutcome,
  ids: readonly string[],
  reportsFailures: boolean,
): readonly string[] {
  if (outcome.kind !== "returned") return [];
  if (!reportsFailures || outcome.value === null || outcome.value === undefined) return ids;
  const report = Report.safeParse(outcome.value);
  if (!report.success) return [];
  const failed = (report.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => ids.includes(id)) ? ids.filter((id) => !failed.includes(id)) : [];
}
