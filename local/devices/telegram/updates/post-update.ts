import { STATUS_CODES } from "node:http";
import type { Update } from "grammy/types";
import type { Handed } from "./deliver-updates.ts";

export type UpdateTarget = { url: string; secretToken: string };

const LIMIT_MS = 60_000;
/** One of the addresses that Telegram's calls come from. */
const TELEGRAM_IP = "149.154.167.220";

/** Posts an update to a webhook, as Telegram does. Any 2xx means that the webhook took it. */
export async function postUpdate(
  { url, secretToken }: UpdateTarget,
  update: Update,
  ended: AbortSignal,
): Promise<Handed> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-local-source-ip": TELEGRAM_IP,
        ...(secretToken === "" ? {} : { "x-telegram-bot-api-secret-token": secretToken }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.any([ended, AbortSignal.timeout(LIMIT_MS)]),
    });
    await response.arrayBuffer();
    if (response.ok) return { kind: "taken" };
    const { status } = response;
    return {
      kind: "failed",
      reason: `Wrong response from the webhook: ${status} ${STATUS_CODES[status] ?? ""}`,
      retryAfter: Number(response.headers.get("retry-after") ?? 0) || 0,
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return {
      kind: "failed",
      reason: isTimeout ? "Read timeout expired" : "Connection refused",
      retryAfter: 0,
    };
  }
}
