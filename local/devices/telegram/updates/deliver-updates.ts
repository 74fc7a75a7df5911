import type { Timers } from "../../../aws/clock/timers.ts";
import type { ChatState } from "../chats/chat-state.ts";
import type { ChatChange, PendingUpdate, Webhook } from "../chats/chat.ts";

/** The result of handing an update over. */
export type Handed = { kind: "taken" } | { kind: "failed"; reason: string; retryAfter: number };

export type DeliveryOptions = {
  state: Readonly<ChatState>;
  record: (changes: readonly ChatChange[]) => void;
  post: (webhook: Webhook, pending: PendingUpdate) => Promise<Handed>;
  now: () => number;
  timers: Timers;
};

export type Delivery = {
  /** Hands over the updates that wait. Resolves when all updates under way are answered. */
  pump: () => Promise<void>;
  /** Forgets earlier failures, because there is another webhook. */
  restart: () => void;
  stop: () => void;
};

/** Telegram keeps updates for a day. */
const KEPT_MS = 24 * 3600 * 1000;
const LONGEST_DELAY_SECONDS = 60;

/**
 * Hands updates to the webhook as Telegram does: each person's updates in order and one at a time, those of different
 * people side by side. If the webhook does not take an update, the update comes again: at once, and then after 2 s, 4 s
 * and so on up to a minute by the stack's clock, or after the webhook's own `retry-after`. Meanwhile it holds up that
 * person's later updates.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { state, record, post, now, timers } = options;
  const running = new Map<number, Promise<void>>();
  const failures = new Map<number, number>();
  const pausedUntil = new Map<number, number>();
  let stopped = false;

  const attempt = async (webhook: Webhook, pending: PendingUpdate): Promise<void> => {
    const handed = await post(webhook, pending);
    // The next run finds out what became of the update.
    if (stopped) return;
    if (handed.kind === "taken") {
      failures.delete(pending.id);
      record([{ kind: "update_done", id: pending.id }]);
      return;
    }
    const before = failures.get(pending.id) ?? 0;
    failures.set(pending.id, before + 1);
    const delaySeconds =
      handed.retryAfter > 0
        ? handed.retryAfter
        : before === 0
          ? 0
          : Math.min(2 ** before, LONGEST_DELAY_SECONDS);
    const { personId } = pending;
    pausedUntil.set(personId, now() + delaySeconds * 1000);
    timers.at(now() + delaySeconds * 1000, pump);
    if (state.webhook)
      record([
        {
          kind: "webhook",
          webhook: { ...state.webhook, lastError: { at: now(), message: handed.reason } },
        },
      ]);
  };

  const pump = async (): Promise<void> => {
    const { webhook } = state;
    if (!webhook || stopped) return;
    const expired = [...state.pending.values()].filter(({ at }) => now() > at + KEPT_MS);
    record(expired.map(({ id }) => ({ kind: "update_done", id })));
    for (const pending of firstOfEach([...state.pending.values()])) {
      const { personId } = pending;
      if (running.size >= webhook.maxConnections) break;
      if (running.has(personId) || now() < (pausedUntil.get(personId) ?? 0)) continue;
      const delivery = attempt(webhook, pending).finally(() => {
        running.delete(personId);
        void pump();
      });
      running.set(personId, delivery);
    }
    await Promise.allSettled(running.values());
  };

  const restart = (): void => {
    failures.clear();
    pausedUntil.clear();
    void pump();
  };

  return { pump, restart, stop: () => void (stopped = true) };
}

function firstOfEach(pending: readonly PendingUpdate[]): PendingUpdate[] {
  const firsts = new Map<number, PendingUpdate>();
  for (const each of pending) if (!firsts.has(each.personId)) firsts.set(each.personId, each);
  return [...firsts.values()];
}
