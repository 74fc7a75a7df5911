import * as z from "zod/mini";
import type { QueuePlan } from "../plan/plan.ts";
import { md5 } from "./batch-event.ts";
import { checkMessage, MessageInput } from "./check-message.ts";
import type { NewMessage, Queues } from "./queues.ts";
import { batchFailure, invalidValue } from "./sqs-failure.ts";
import type { SqsFailure, SqsResult } from "./sqs-failure.ts";

const Batch = z.object({
  Entries: z._default(z.array(z.extend(MessageInput, { Id: z.string() })), []),
});

type Entry = z.infer<typeof Batch>["Entries"][number];

const MAX_ENTRIES = 10;

/** Stores the good messages of a batch at once. Of each bad message it says what is wrong. */
export function sendBatch(
  input: unknown,
  queue: QueuePlan,
  queues: Pick<Queues, "send">,
): SqsResult {
  const parsed = Batch.safeParse(input);
  if (!parsed.success)
    return { kind: "refused", failure: invalidValue(z.prettifyError(parsed.error)) };
  const entries = parsed.data.Entries;
  const failure = refuseBatch(entries, queue);
  if (failure) return { kind: "refused", failure };

  const good: { Id: string; message: NewMessage }[] = [];
  const Failed: { Id: string; SenderFault: true; Code: string; Message: string }[] = [];
  for (const entry of entries) {
    const message = checkMessage(entry, queue);
    if ("refused" in message) {
      const { code, message: reason } = message.refused;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: code, Message: reason });
    } else good.push({ Id: entry.Id, message });
  }
  const ids = queues.send(
    queue,
    good.map(({ message }) => message),
  );
  const Successful = good.map(({ Id, message }, index) => ({
    Id,
    MessageId: ids[index],
    MD5OfMessageBody: md5(message.body),
  }));
  return {
    kind: "done",
    body: {
      ...(Successful.length > 0 ? { Successful } : {}),
      ...(Failed.length > 0 ? { Failed } : {}),
    },
  };
}

function refuseBatch(entries: readonly Entry[], queue: QueuePlan): SqsFailure | undefined {
  const ids = entries.map(({ Id }) => Id);
  if (ids.length === 0)
    return batchFailure(
      "EmptyBatchRequest",
      "There should be at least one SendMessageBatchRequestEntry in the request.",
    );
  if (ids.length > MAX_ENTRIES)
    return batchFailure(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${ids.length}.`,
    );
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    return batchFailure(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    return batchFailure("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  const size = entries.reduce(
    (sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody),
    0,
  );
  if (size > queue.MaximumMessageSize)
    return batchFailure(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${queue.MaximumMessageSize} bytes. You have sent ${size} bytes.`,
    );
  return undefined;
}
