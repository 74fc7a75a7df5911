import type { Effect } from "../challenge/effects.ts";

/** An effect as it travels: ids only, nothing that a reader of the queue could use. */
export type TelegramJob = Effect;

/** The way to the sender. At least once, in any order, perhaps late. */
export type TelegramQueue = {
  /** @param delaySeconds 0–900. */
  send(job: TelegramJob, delaySeconds: number): Promise<void>;
};
