import { randomUUID } from "node:crypto";
import type { FunctionOutcome } from "../lambda/instance.ts";
import type { EventSourcePlan, QueuePlan } from "../plan/plan.ts";
import { batchEvent, closedMessages } from "./batch-event.ts";
import type { QueueMessage } from "./queue-state.ts";
import type { Queues } from "./queues.ts";

export type ConsumerOptions = {
  queue: QueuePlan;
  source: EventSourcePlan;
  queues: Pick<Queues, "receive" | "remove" | "onVisible">;
  invoke: (functionName: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;
};

export type Consumer = {
  /** Gives the function the messages that are visible now. Resolves when the function has answered all of them. */
  pump: () => Promise<void>;
  /** Takes no more messages, and waits a little for the batches that the function still has. */
  stop: () => Promise<void>;
};

/** A function has as many instances here. */
const MAX_BATCHES = 3;
const STOP_GRACE_MS = 2000;

/**
 * Gives a function a queue's messages in batches, several at a time, as Lambda's event source mapping does. A message
 * that the function did not settle comes again after its visibility timeout.
 */
export function createConsumer({ queue, source, queues, invoke }: ConsumerOptions): Consumer {
  const running = new Set<Promise<void>>();
  let taking = true;
  let ended = false;

  const deliver = async (messages: readonly QueueMessage[]): Promise<void> => {
    const outcome = await invoke(
      source.functionName,
      batchEvent(queue.arn, messages),
      randomUUID(),
    );
    const ids = messages.map(({ id }) => id);
    // An outcome that comes after the end is ignored: the next run gives these messages again.
    if (!ended) queues.remove(queue, closedMessages(outcome, ids, source.reportsFailures));
  };

  const pump = async (): Promise<void> => {
    while (taking && running.size < MAX_BATCHES) {
      const messages = queues.receive(queue, source.batchSize);
      if (messages.length === 0) break;
      const delivery = deliver(messages).finally(() => {
        running.delete(delivery);
        void pump();
      });
      running.add(delivery);
    }
    await Promise.allSettled(running);
  };
  queues.onVisible(queue, pump);

  return {
    pump,
    stop: async () => {
      taking = false;
      const grace = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => grace.resolve(undefined), STOP_GRACE_MS);
      await Promise.race([Promise.allSettled(running), grace.promise]);
      clearTimeout(timer);
      ended = true;
    },
  };
}
