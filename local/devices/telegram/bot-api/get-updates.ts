import type { ChatState } from "../chats/chat-state.ts";
import type { ChatChange } from "../chats/chat.ts";
import { allowedUpdates } from "../methods/webhook.ts";
import { done, failed } from "../wire/outcome.ts";
import type { Outcome } from "../wire/outcome.ts";
import { integerOf } from "../wire/parameters.ts";
import type { Parameters } from "../wire/parameters.ts";

export type GetUpdates = (parameters: Parameters, gone: AbortSignal) => Promise<Outcome>;

const MAX_POLL_SECONDS = 50;

export type LongPolling = {
  getUpdates: GetUpdates;
  /** Wakes the call that waits: there may be updates. */
  wake: () => void;
};

/** getUpdates, which waits for updates by the real clock. An `offset` confirms all updates before it. */
export function createLongPolling(
  state: Readonly<ChatState>,
  record: (changes: readonly ChatChange[]) => void,
): LongPolling {
  let current: (() => void) | undefined;
  let wake: (() => void) | undefined;

  const getUpdates: GetUpdates = async (parameters, gone) => {
    const conflict = (reason: string): Outcome => failed(409, `Conflict: ${reason}`);
    if (state.webhook)
      return conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    // The newer call wins: its caller is more likely to be there still.
    current?.();
    const terminated = new AbortController();
    current = () => terminated.abort();
    const over = AbortSignal.any([gone, terminated.signal]);

    const offset = integerOf(parameters["offset"]) ?? 0;
    const confirmed = [...state.pending.keys()].filter((id) => id < offset);
    record([
      ...allowedUpdates(parameters),
      ...confirmed.map((id) => ({ kind: "update_done" as const, id })),
    ]);
    const limit = Math.min(Math.max(integerOf(parameters["limit"]) ?? 100, 1), 100);
    const timeout = Math.min(integerOf(parameters["timeout"]) ?? 0, MAX_POLL_SECONDS);
    const deadline = performance.now() + timeout * 1000;
    while (state.pending.size === 0 && !over.aborted) {
      const left = deadline - performance.now();
      if (left <= 0) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        timer.unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        over.addEventListener("abort", wake);
      });
    }
    if (terminated.signal.aborted)
      return conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running",
      );
    return done([...state.pending.values()].slice(0, limit).map(({ update }) => update));
  };
  return { getUpdates, wake: () => wake?.() };
}
