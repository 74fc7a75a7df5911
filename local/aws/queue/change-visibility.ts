import * as z from "zod/mini";
import type { QueuePlan } from "../plan/plan.ts";
import { deliveryOf } from "./receipt.ts";
import type { Queues } from "./queues.ts";
import { invalidReceipt, invalidValue, missing, notInFlight } from "./sqs-failure.ts";
import type { SqsResult } from "./sqs-failure.ts";

const Input = z.object({
  ReceiptHandle: z.optional(z.string()),
  VisibilityTimeout: z.optional(z.int()),
});

const MAX_SECONDS = 12 * 60 * 60;

/** Answers ChangeMessageVisibility: a receiver says for how long the message that it has stays hidden from now on. */
export function changeVisibility(
  input: unknown,
  queue: QueuePlan,
  queues: Pick<Queues, "hide">,
): SqsResult {
  const parsed = Input.safeParse(input);
  if (!parsed.success)
    return { kind: "refused", failure: invalidValue(z.prettifyError(parsed.error)) };
  const { ReceiptHandle: receipt, VisibilityTimeout: seconds } = parsed.data;
  if (receipt === undefined) return { kind: "refused", failure: missing("ReceiptHandle") };
  if (seconds === undefined) return { kind: "refused", failure: missing("VisibilityTimeout") };
  if (seconds < 0 || seconds > MAX_SECONDS)
    return {
      kind: "refused",
      failure: invalidValue(
        `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${MAX_SECONDS}.`,
      ),
    };
  const delivery = deliveryOf(receipt);
  if (!delivery) return { kind: "refused", failure: invalidReceipt(receipt) };
  return queues.hide(queue, delivery, seconds)
    ? { kind: "done", body: {} }
    : { kind: "refused", failure: notInFlight };
}
