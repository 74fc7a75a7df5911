import type { SQSRecord } from "aws-lambda";

/** A message as Lambda gives it to a function, as far as functions read it. */
export const queuedRecord = (body: string, messageId = "message", receives = 1): SQSRecord =>
  ({
    messageId,
    body,
    receiptHandle: `receipt of ${messageId}`,
    attributes: { ApproximateReceiveCount: String(receives) },
  }) as SQSRecord;
