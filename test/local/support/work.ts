import type { QueuePlan } from "../../../local/aws/plan/plan.ts";

/** A queue as a template without any wishes makes it. */
export const WORK: QueuePlan = {
  name: "Work",
  arn: "arn:aws:sqs:us-east-1:000000000000:Work",
  FifoQueue: false,
  VisibilityTimeout: 30,
  DelaySeconds: 0,
  MessageRetentionPeriod: 4 * 24 * 3600,
  MaximumMessageSize: 256 * 1024,
};
