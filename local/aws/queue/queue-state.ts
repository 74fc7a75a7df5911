import * as z from "zod/mini";

const Message = z.object({
  id: z.uuid(),
  body: z.string(),
  /** Times are milliseconds since 1970, by the stack's clock. */
  sentAt: z.number(),
  visibleAt: z.number(),
  receives: z.int(),
  firstReceivedAt: z.optional(z.number()),
});

export type QueueMessage = z.infer<typeof Message>;

/** One step in the life of a message. */
export const QueueChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stored"), queue: z.string(), message: Message }),
  z.object({ kind: z.literal("deleted"), queue: z.string(), id: z.string() }),
  z.object({ kind: z.literal("moved"), queue: z.string(), id: z.string(), to: z.string() }),
]);

export type QueueChange = z.infer<typeof QueueChange>;

/** Messages by queue and id, oldest first. */
export type QueueState = Map<string, Map<string, QueueMessage>>;

export function messagesIn(state: QueueState, queue: string): Map<string, QueueMessage> {
  const present = state.get(queue);
  if (present) return present;
  const messages = new Map<string, QueueMessage>();
  state.set(queue, messages);
  return messages;
}

/** Changes `state` itself: queues may be long, and every message changes several times. */
export function applyQueueChange(state: QueueState, change: QueueChange): void {
  const messages = messagesIn(state, change.queue);
  switch (change.kind) {
    case "stored":
      messages.set(change.message.id, change.message);
      return;
    case "deleted":
      messages.delete(change.id);
      return;
    case "moved": {
      const message = messages.get(change.id);
      messages.delete(change.id);
      if (message) messagesIn(state, change.to).set(message.id, message);
    }
  }
}

/** Returns changes that build `state` from an empty one. */
export function queueSnapshot(state: QueueState): QueueChange[] {
  return [...state].flatMap(([queue, messages]) =>
    [...messages.values()].map((message) => ({ kind: "stored" as const, queue, message })),
  );
}
