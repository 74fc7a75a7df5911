import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import * as z from "zod/mini";
import type { Handed } from "../updates/deliver-updates.ts";
import { callTelegram } from "./call-telegram.ts";
import type { CallResult, RealTelegram } from "./call-telegram.ts";
import { hostOf } from "./identify-bot.ts";

export type PollOptions = {
  telegram: RealTelegram;
  hand: (update: Update) => Promise<Handed>;
  /** Hears a sentence when updates stop coming, and another one when they come again. */
  report: (trouble: string) => void;
  ended: AbortSignal;
};

const Updates = z.array(
  z.custom<Update>(
    (value) => typeof (value as { update_id?: unknown } | null)?.update_id === "number",
  ),
);

const POLL_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 30;
/** The pauses add up to a minute and a half. One update must not keep all others from coming for ever. */
const MAX_TRIES = 8;

/** Fetches updates from the real Telegram and hands them over in order, until `ended`. Never rejects. */
export async function pollUpdates(options: PollOptions): Promise<void> {
  const { telegram, hand, report, ended } = options;
  let failures = 0;
  let offset = 0;
  let webhookGone = false;

  const call = (method: string, parameters: Record<string, unknown>): Promise<CallResult> =>
    callTelegram(telegram, method, parameters, { limitSeconds: POLL_SECONDS + 10, ended });
  const next = (): Promise<CallResult> =>
    webhookGone
      ? call("getUpdates", {
          offset,
          // After a failure the next answer comes at once, so that people hear that all is well again.
          timeout: failures > 0 ? 0 : POLL_SECONDS,
          allowed_updates: ALLOWED,
        })
      : call("deleteWebhook", {});

  while (!ended.aborted) {
    const answer = await next();
    if (isAborted(ended)) return;
    if (answer.kind !== "answered") {
      // Another deploy may have set its webhook again.
      webhookGone = false;
      if (failures === 0) report(troubleOf(answer, telegram));
      failures += 1;
      await pause(Math.max(pauseSeconds(failures), retryAfterOf(answer)), ended);
      continue;
    }
    if (failures > 0 && webhookGone) {
      report(`Telegram at ${hostOf(telegram)} answers again.`);
      failures = 0;
    }
    if (!webhookGone) {
      webhookGone = true;
      continue;
    }
    const updates = Updates.safeParse(answer.result);
    for (const update of updates.data ?? []) {
      await handOver(update, hand, report, ended);
      if (isAborted(ended)) return;
      offset = update.update_id + 1;
    }
  }
}

const ALLOWED = ["message", "callback_query", "my_chat_member"];

async function handOver(
  update: Update,
  hand: PollOptions["hand"],
  report: PollOptions["report"],
  ended: AbortSignal,
): Promise<void> {
  for (let tries = 1; !ended.aborted; tries += 1) {
    const handed = await hand(update);
    if (handed.kind === "taken" || isAborted(ended)) return;
    if (tries === MAX_TRIES) {
      report(`The webhook did not take an update of Telegram, it is dropped: ${handed.reason}`);
      return;
    }
    await pause(pauseSeconds(tries), ended);
  }
}

function troubleOf(answer: Exclude<CallResult, { kind: "answered" }>, of: RealTelegram): string {
  const retried = "It is tried again until it works.";
  if (answer.kind === "unreachable")
    return `Telegram at ${hostOf(of)} cannot be reached (${answer.reason}). ${retried}`;
  return `Telegram gives no updates (${answer.status} ${answer.description}). ${retried}`;
}

function retryAfterOf(answer: CallResult): number {
  return answer.kind === "refused" ? answer.retryAfterSeconds : 0;
}

function pauseSeconds(failures: number): number {
  return Math.min(2 ** (failures - 1), LONGEST_PAUSE_SECONDS);
}

async function pause(seconds: number, ended: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal: ended }).catch(() => undefined);
}

/** A call reads the value anew: it may have changed during an await. */
function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
