import type { Context } from "aws-lambda";
import { Api } from "grammy/web";
import { describe, expect, test } from "vitest";
import { telegramWebhook } from "../../../functions/telegram-webhook/webhook.ts";
import { grammyTelegramApi } from "../../../lib/telegram/grammy-telegram-api.ts";
import { noticeRevokedToken } from "../../../lib/telegram/notice-revoked-token.ts";
import { renewWebhookSecret } from "../../../lib/telegram/set-up-bot.ts";
import { aBotApi, refusal, result, token } from "../../functions/telegram-setup/bot-api-server.ts";
import { webhookEvent } from "../../support/service-telegram.ts";

const revoked = "123456789:AAwas_the_token_until_it_was_revoked_0001";

describe("a bot's token that was revoked", () => {
  /** Whoever asks for the token anew gets this. */
  const aFreshToken = (fresh: () => Promise<string>) => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return fresh();
    };
    return { ask, asked: () => asked };
  };
  const refusing = () => aBotApi(() => refusal(401, "Unauthorized"));

  test("is read anew when Telegram says so, and what was refused is said once", async () => {
    let calls = 0;
    const server = await aBotApi(() => {
      calls += 1;
      return calls === 1 ? undefined : result({ message_id: 7 });
    });
    const { ask, asked } = aFreshToken(() => Promise.resolve(token));
    const api = grammyTelegramApi(revoked, server.url, ask);
    expect(await api.send(1, "hello", [])).toEqual({ kind: "sent", messageId: 7 });
    expect(asked()).toBe(1);
    expect(server.methods()).toEqual(["sendMessage", "sendMessage"]);
  });

  test("is not tried again where the one that is there now is the same", async () => {
    const server = await refusing();
    const { ask, asked } = aFreshToken(() => Promise.resolve(revoked));
    let refused = 0;
    const api = grammyTelegramApi(revoked, server.url, ask, () => (refused += 1));
    expect(await api.send(1, "hello", [])).toEqual({ kind: "failed" });
    expect(refused).toBe(1);
    expect(await api.edit(1, 2, "hello")).toEqual({ kind: "failed" });
    expect(asked()).toBe(2);
    expect(server.methods()).toEqual(["sendMessage", "editMessageText"]);
  });

  test("is a failure as before where it cannot be read anew", async () => {
    const server = await refusing();
    const { ask } = aFreshToken(() => Promise.reject(new Error("It is down.")));
    const api = grammyTelegramApi(revoked, server.url, ask);
    expect(await api.send(1, "hello", [])).toEqual({ kind: "failed" });
  });

  test("is not looked for on any other refusal", async () => {
    for (const code of [400, 403, 404, 429, 500]) {
      const server = await aBotApi(() => refusal(code, "No"));
      const { ask, asked } = aFreshToken(() => Promise.resolve(token));
      await grammyTelegramApi(revoked, server.url, ask).send(1, "hello", []);
      expect(asked()).toBe(0);
    }
  });

  test("is noticed by the bot that answers, which then says the next thing with the new one", async () => {
    for (const [code, times] of [
      [401, 1],
      [403, 0],
    ] as const) {
      const server = await aBotApi(() => refusal(code, "No"));
      const { ask, asked } = aFreshToken(() => Promise.resolve(token));
      const api = new Api(revoked, { apiRoot: server.url });
      api.config.use(noticeRevokedToken(ask));
      await expect(api.sendMessage(1, "hello")).rejects.toThrow();
      expect(asked()).toBe(times);
    }
  });
});

describe("the webhook's secret", () => {
  const [one, two] = ["the-new-secret", "the-old-secret"];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    measure: () => undefined,
    error: () => undefined,
  };
  const webhook = telegramWebhook({
    services: { allowedOrigins: [], log },
    webhookSecrets: () => Promise.resolve([one, two]),
    bot: () => Promise.reject(new Error("No update gets so far.")),
  });
  const statusWith = async (secret: string) => {
    const event = webhookEvent("no update", { "x-telegram-bot-api-secret-token": secret });
    return (await webhook(event, {} as Context)).statusCode;
  };

  test("is either of two while it is rotated", async () => {
    for (const secret of [one, two]) expect(await statusWith(secret)).toBe(200);
  });

  test.each(["", one + two, `${one}\n${two}`, `${one},${two}`, "the-", "undefined"])(
    "is not %j",
    async (secret) => {
      expect(await statusWith(secret)).toBe(401);
    },
  );

  test("is told to Telegram for the webhook that is there, and no update is lost by it", async () => {
    const { url, calls, state } = await aBotApi();
    const api = new Api(token, { apiRoot: url });
    expect(await renewWebhookSecret(api, one)).toBe("no_webhook");
    expect(calls.map(({ method }) => method)).toEqual(["getWebhookInfo"]);
    state.webhookUrl = "https://api.example.com/v1/telegram/webhook";
    expect(await renewWebhookSecret(api, one)).toBe("registered");
    expect(calls.at(-1)?.payload).toMatchObject({
      url: state.webhookUrl,
      secret_token: one,
      drop_pending_updates: false,
    });
  });
});
