import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import { refusal } from "../../../aws/data/refusal.ts";
import { callTelegram } from "./call-telegram.ts";
import type { RealTelegram } from "./call-telegram.ts";

const Me = z.object({ username: z.string() });

const CALL_LIMIT_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 30;

/** The host of the Bot API, for people: `api.telegram.org`. */
export function hostOf({ apiRoot }: RealTelegram): string {
  return new URL(apiRoot).host;
}

/**
 * Asks Telegram for the bot's username, and retries until it answers. `report` hears the reason of each failure.
 * Rejects with a refusal if Telegram does not know the token.
 */
export async function identifyBot(
  telegram: RealTelegram,
  report: (trouble: string) => void,
  ended: AbortSignal,
): Promise<string> {
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS)) {
    const limit = { limitSeconds: CALL_LIMIT_SECONDS, ended };
    const answer = await callTelegram(telegram, "getMe", {}, limit);
    ended.throwIfAborted();
    if (answer.kind === "answered") return Me.parse(answer.result).username;
    if (answer.kind === "refused" && [401, 404].includes(answer.status))
      throw refusal(
        `Telegram does not know the token in TELEGRAM_BOT_TOKEN (${answer.status} ${answer.description}). Ask @BotFather for it, or start without it.`,
      );
    const reason = answer.kind === "refused" ? answer.description : answer.reason;
    report(
      `Telegram at ${hostOf(telegram)} cannot be reached (${reason}). Trying again in ${pause} s; Ctrl-C ends this.`,
    );
    await sleep(pause * 1000, undefined, { signal: ended });
  }
}
