import type { TelegramJob } from "../../../lib/telegram/telegram-queue.ts";

/** A queue whose messages wait until they are due by the given clock. */
export const meteredQueue = (now: () => number) => {
  type Queued = { readonly job: TelegramJob; readonly dueAt: number };
  let waiting: Queued[] = [];
  return {
    add: (job: TelegramJob, delaySeconds: number): void => {
      waiting.push({ job, dueAt: now() + delaySeconds * 1000 });
    },
    /** Handles the messages that are due, one after another, until none is due. */
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
