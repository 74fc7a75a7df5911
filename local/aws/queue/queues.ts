import { randomUUID } from "node:crypto";
import type { Timers } from "../clock/timers.ts";
import { openJournal } from "../data/journal.ts";
import type { QueuePlan } from "../plan/plan.ts";
import { applyQueueChange, messagesIn, QueueChange, queueSnapshot } from "./queue-state.ts";
import type { QueueMessage, QueueState } from "./queue-state.ts";
import type { Delivery } from "./receipt.ts";

type QueueCounts = { waiting: number; inFlight: number; delayed: number };

/** Standard queues: every message is received at least once, in no promised order. */
export type Queues = {
  plans: readonly QueuePlan[];
  /** Stores messages and returns their ids. After it returns, they are kept even if the process is killed. */
  send: (plan: QueuePlan, messages: readonly NewMessage[]) => string[];
  /**
   * Takes up to `limit` visible messages, and hides them for the visibility timeout. A message that was received too
   * often goes to the dead-letter queue instead.
   */
  receive: (plan: QueuePlan, limit: number) => QueueMessage[];
  /** Hides a message that is in flight for so many seconds from now on. Returns false if it is not in flight. */
  hide: (plan: QueuePlan, delivery: Delivery, seconds: number) => boolean;
  remove: (plan: QueuePlan, ids: readonly string[]) => void;
  count: (plan: QueuePlan) => QueueCounts;
  /** Sets the listener that is called when messages of a queue become visible. */
  onVisible: (plan: QueuePlan, listener: () => Promise<void>) => void;
  close: () => void;
};

export type NewMessage = { body: string; delaySeconds: number };

export type QueuesOptions = {
  path: string;
  plans: readonly QueuePlan[];
  now: () => number;
  timers: Timers;
};

/** Opens the queues with the messages that the last run left. */
export function openQueues({ path, plans, now, timers }: QueuesOptions): Queues {
  const state: QueueState = new Map();
  const journal = openJournal<QueueChange>({
    path,
    schema: QueueChange,
    apply: (change) => applyQueueChange(state, change),
    snapshot: () => queueSnapshot(state),
  });
  const listeners = new Map<string, () => Promise<void>>();
  const notify = (name: string): unknown => listeners.get(name)?.();

  const expire = (plan: QueuePlan): void => {
    const oldest = now() - plan.MessageRetentionPeriod * 1000;
    const expired = [...messagesIn(state, plan.name).values()].filter(
      ({ sentAt }) => sentAt < oldest,
    );
    journal.record(
      ...expired.map(({ id }) => ({ kind: "deleted" as const, queue: plan.name, id })),
    );
  };

  const send: Queues["send"] = (plan, messages) => {
    const sentAt = now();
    const stored = messages.map(({ body, delaySeconds }) => {
      const visibleAt = sentAt + delaySeconds * 1000;
      return { id: randomUUID(), body, sentAt, visibleAt, receives: 0 };
    });
    journal.record(
      ...stored.map((message) => ({ kind: "stored" as const, queue: plan.name, message })),
    );
    for (const at of new Set(stored.map(({ visibleAt }) => visibleAt)))
      if (at > sentAt) timers.at(at, () => notify(plan.name));
    void notify(plan.name);
    return stored.map(({ id }) => id);
  };

  const receive: Queues["receive"] = (plan, limit) => {
    expire(plan);
    const at = now();
    const { deadLetterTargetArn, maxReceiveCount = Infinity } = plan.RedrivePolicy ?? {};
    const deadLetters = plans.find(({ arn }) => arn === deadLetterTargetArn)?.name;
    const visible = [...messagesIn(state, plan.name).values()].filter(
      ({ visibleAt }) => visibleAt <= at,
    );
    const isDead = ({ receives }: QueueMessage): boolean =>
      deadLetters !== undefined && receives >= maxReceiveCount;
    for (const { id } of visible.filter(isDead))
      journal.record({ kind: "moved", queue: plan.name, id, to: deadLetters ?? "" });

    const received = visible
      .filter((message) => !isDead(message))
      .slice(0, limit)
      .map((message) => ({
        ...message,
        receives: message.receives + 1,
        firstReceivedAt: message.firstReceivedAt ?? at,
        visibleAt: at + plan.VisibilityTimeout * 1000,
      }));
    journal.record(
      ...received.map((message) => ({ kind: "stored" as const, queue: plan.name, message })),
    );
    if (received.length > 0) timers.at(at + plan.VisibilityTimeout * 1000, () => notify(plan.name));
    return received;
  };

  const hide: Queues["hide"] = (plan, { id, receives }, seconds) => {
    const message = messagesIn(state, plan.name).get(id);
    const at = now();
    if (message?.receives !== receives || message.visibleAt <= at) return false;
    const visibleAt = at + seconds * 1000;
    journal.record({ kind: "stored", queue: plan.name, message: { ...message, visibleAt } });
    timers.at(visibleAt, () => notify(plan.name));
    return true;
  };

  // The receivers of the last run have ended with it, so the messages that they had are visible again at once.
  for (const { name } of plans)
    for (const message of messagesIn(state, name).values()) {
      if (message.receives > 0)
        journal.record({ kind: "stored", queue: name, message: { ...message, visibleAt: now() } });
      else if (message.visibleAt > now()) timers.at(message.visibleAt, () => notify(name));
    }

  return {
    plans,
    send,
    receive,
    hide,
    remove: (plan, ids) =>
      journal.record(...ids.map((id) => ({ kind: "deleted" as const, queue: plan.name, id }))),
    count: (plan) => {
      expire(plan);
      const hidden = [...messagesIn(state, plan.name).values()].filter(
        ({ visibleAt }) => visibleAt > now(),
      );
      const inFlight = hidden.filter(({ receives }) => receives > 0).length;
      const waiting = messagesIn(state, plan.name).size - hidden.length;
      return { waiting, inFlight, delayed: hidden.length - inFlight };
    },
    onVisible: (plan, listener) => void listeners.set(plan.name, listener),
    close: journal.close,
  };
}
