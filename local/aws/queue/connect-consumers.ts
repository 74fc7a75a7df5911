import { takeMessages } from "../access/check-role.ts";
import type { Witness } from "../access/guard.ts";
import type { Plan } from "../plan/plan.ts";
import { createConsumer } from "./consumer.ts";
import type { ConsumerOptions } from "./consumer.ts";
import type { Queues } from "./queues.ts";

/** The consumers of all queues. */
export type Consumers = { start: () => void; stop: () => Promise<void> };

/** Connects the template's event source mappings with the queues. No function gets a message before `start`. */
export function connectConsumers(
  { eventSources }: Pick<Plan, "eventSources">,
  queues: Queues,
  invoke: ConsumerOptions["invoke"],
  witness: Witness = () => undefined,
): Consumers {
  const consumers = eventSources.map((source) => {
    const queue = queues.plans.find(({ arn }) => arn === source.queueArn);
    if (!queue) throw new Error(`No queue of the template is ${source.queueArn}.`);
    return createConsumer({
      queue,
      source,
      queues,
      invoke: async (...given) => {
        // Lambda receives the messages with the role of the function that gets them.
        for (const action of takeMessages(source.queueArn))
          await witness(source.functionName, action);
        return invoke(...given);
      },
    });
  });
  return {
    start: () => {
      for (const { pump } of consumers) void pump();
    },
    stop: async () => {
      await Promise.all(consumers.map(({ stop }) => stop()));
    },
  };
}
