import * as z from "zod/mini";
import type { QueuePlan } from "../plan/plan.ts";
import type { NewMessage } from "./queues.ts";
import { invalidContents, invalidValue, missing, unsupported } from "./sqs-failure.ts";
import type { SqsFailure } from "./sqs-failure.ts";

export const MessageInput = z.object({
  MessageBody: z.optional(z.string()),
  DelaySeconds: z.optional(z.number()),
  MessageAttributes: z.optional(z.record(z.string(), z.unknown())),
  MessageGroupId: z.optional(z.string()),
});

export type MessageInput = z.infer<typeof MessageInput>;

/** The characters that XML 1.0 does not allow: SQS once spoke XML. A lone surrogate is not allowed either. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const MAX_DELAY_SECONDS = 900;

/** Checks one message as SQS does. A message that asks for no delay gets the queue's own. */
export function checkMessage(
  input: MessageInput,
  queue: QueuePlan,
): NewMessage | { refused: SqsFailure } {
  const { MessageBody: body, DelaySeconds: delaySeconds = queue.DelaySeconds } = input;
  if (input.MessageAttributes && Object.keys(input.MessageAttributes).length > 0)
    return { refused: unsupported("The local queue takes no message attributes.") };
  if (input.MessageGroupId !== undefined)
    return { refused: unsupported("The local queue is no fair queue: it takes no message group.") };
  if (body === undefined || body === "") return { refused: missing("MessageBody") };
  if (Buffer.byteLength(body) > queue.MaximumMessageSize)
    return {
      refused: invalidValue(
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.MaximumMessageSize} bytes.`,
      ),
    };
  if (FORBIDDEN.test(body)) return { refused: invalidContents };
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS)
    return {
      refused: invalidValue(
        `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`,
      ),
    };
  return { body, delaySeconds };
}
