import type { TelegramAccountId } from "../account/ids.ts";
import type { TelegramEffect } from "./telegram-effects.ts";

/** An effect as the queue carries it: ids only, nothing that a reader of the queue could use. */
export type TelegramJob = Exclude<TelegramEffect, { kind: "prompt" }> | PromptJob;

export type PromptJob = Extract<TelegramEffect, { kind: "prompt" }> & {
  /** Messages that were sent and could not be recorded: the sender records them first. */
  readonly sent?: readonly SentRequest[] | undefined;
};

export type SentRequest = { readonly chat: TelegramAccountId; readonly messageId: number };

/** The way to the sender. It delivers a job at least once, in any order, perhaps late. */
export type TelegramQueue = {
  /** @param delaySeconds 0–900. */
  send(job: TelegramJob, delaySeconds: number): Promise<void>;
};

/** What a consumer tells the queue of a job that it could not do. */
export type FailedJobs = {
  /**
   * Hides the job for so many seconds, instead of the queue's own visibility timeout.
   *
   * @param receipt of this delivery of the job.
   */
  hide(receipt: string, seconds: number): Promise<void>;
};
