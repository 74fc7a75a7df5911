import type { TelegramJob } from "../../../lib/telegram/telegram-queue.ts";

/** A queue whose messages wait for their time by the given clock. */
export const meteredQueue = (now: () => number) => {
  type Queued = { readonly job: TelegramJob; readonly dueAt: number };
  let waiting: Queued[] = [];
  return {
    add: (job: TelegramJob, delaySeconds: number): void => {
      waiting.push({ job, dueAt: now() + delaySeconds * 1000 });
    },
    /** Hands on what is due, one message after another, until nothing is. */
    run: async (handle: (job: TelegramJob) => Promise<unknown>): Promise<void> => {
      for (;;) {
        const due = waiting.find(({ dueAt }) => dueAt <= now());
        if (!due) return;
        waiting = waiting.filter((one) => one !== due);
        await handle(due.job);
      }
    },
  };
};
