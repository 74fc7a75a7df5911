import { BotError, type Bot } from "grammy/web";
import { equalHashes } from "../../lib/crypto/constant-time.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { httpHandler, type HttpHandler } from "../../lib/http/http-function.ts";
import { problem } from "../../lib/http/problem.ts";
import type { Gateway } from "../../lib/http/http-services.ts";
import { one } from "../../lib/log/measure.ts";
import { readUpdate } from "../../lib/telegram/update.ts";

const maxBytes = 64 * 1024;

export type WebhookDeps = {
  readonly services: Gateway;
  /** The secrets that Telegram may send along: more than one while the secret is being rotated. */
  readonly webhookSecrets: () => Promise<readonly string[]>;
  readonly bot: () => Promise<Bot>;
};

/**
 * POST /v1/telegram/webhook. It compares the secret before it reads anything else. It compares hashes, and with all
 * secrets, so that neither length nor place tells anything. Telegram repeats an update that is not answered with 2xx.
 * So an update that is malformed or too large, which repeating cannot mend, is dropped with a 200; a fault of ours (storage that failed, an
 * account that is busy) is a 503.
 */
export const telegramWebhook = ({ services, webhookSecrets, bot }: WebhookDeps): HttpHandler =>
  httpHandler(services, async (event) => {
    const given = hashToken(event.headers["x-telegram-bot-api-secret-token"] ?? "");
    const secrets = await webhookSecrets();
    const right = secrets.filter((secret) => equalHashes(given, hashToken(secret)));
    if (right.length === 0) {
      services.log.warn("telegram_webhook_refused", { ip: event.requestContext.http.sourceIp });
      return problem("unauthenticated");
    }
    const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
    const update = body.length > maxBytes ? undefined : readUpdate(body.toString("utf8"));
    if (!update) {
      services.log.measure(one("TelegramUpdateDropped", {}));
      services.log.warn("telegram_update_dropped", { bytes: body.length });
      return answer(200, null);
    }
    try {
      await (await bot()).handleUpdate(update);
    } catch (fault) {
      // grammY wraps what a handler threw. The error inside decides the answer: a busy account gets another than a
      // fault.
      throw fault instanceof BotError ? fault.error : fault;
    }
    return answer(200, null);
  });
