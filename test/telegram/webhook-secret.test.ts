import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { telegramWebhook } from "../../functions/telegram-webhook/webhook.ts";
import { everyLanguage } from "../../lib/settings/languages.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { webhookEvent } from "../support/service-telegram.ts";

const secret = "kL3".repeat(21) + "x";
const header = "x-telegram-bot-api-secret-token";
const lines: string[] = [];
const note = (message: string, fields: object) =>
  void lines.push(JSON.stringify({ message, fields }));
const log = { info: note, warn: note, error: note, measure: () => undefined };

const seen = { decisions: 0, secrets: 0 };
const decided = () => {
  seen.decisions += 1;
  return Promise.resolve({ kind: "invalid" } as const);
};
/** Its Telegram is a port where nobody listens. */
const bot = makeBot(
  {
    token: "1:token",
    apiRoot: "http://127.0.0.1:9",
    username: "bot",
    service: "Twostep",
    languages: everyLanguage,
  },
  {
    answerLink: decided,
    tap: () => decided().then(() => "foreign"),
    mayReply: () => decided().then(() => false),
  },
  log,
);
const webhook = telegramWebhook({
  services: { allowedOrigins: [], log },
  webhookSecrets: () => {
    seen.secrets += 1;
    return Promise.resolve([secret]);
  },
  bot: () => Promise.resolve(bot),
});

const start = JSON.stringify({
  update_id: 1,
  message: {
    message_id: 1,
    date: 0,
    from: { id: 7, is_bot: false, first_name: "Ann" },
    chat: { id: 7, type: "private" },
    text: "/start abc",
    entities: [{ type: "bot_command", offset: 0, length: 6 }],
  },
});

/** An event that counts how often its body is looked at. */
const watched = (headers: Readonly<Record<string, string>>, body = start) => {
  const reads = { count: 0 };
  const event = Object.defineProperty(webhookEvent("", headers), "body", {
    enumerable: true,
    get: () => {
      reads.count += 1;
      return body;
    },
  });
  return { event, reads };
};
const answered = (event: ReturnType<typeof webhookEvent>) => webhook(event, {} as Context);

describe("without the very secret it is 401, not a byte of the body is read, and nobody is called:", () => {
  const flipped = secret.slice(0, -1) + "y";
  test.each<[string, Record<string, string>]>([
    ["no header", {}],
    ["an empty one", { [header]: "" }],
    ["a blank", { [header]: " " }],
    ["another of the same length", { [header]: flipped }],
    ["in other letters", { [header]: secret.toUpperCase() }],
    ["one character less", { [header]: secret.slice(0, -1) }],
    ["one character more", { [header]: `${secret}x` }],
    ["a blank behind it", { [header]: `${secret} ` }],
    ["twice, as the gateway joins repeated headers", { [header]: `${secret},${secret}` }],
    ["after a wrong one", { [header]: `wrong,${secret}` }],
    ["before a wrong one", { [header]: `${secret},wrong` }],
    ["a megabyte", { [header]: "x".repeat(1 << 20) }],
    ["a NUL behind it", { [header]: `${secret}\u0000` }],
    ["in a header of another name", { "x-telegram-bot-api-secret": secret }],
    ["in a cookie", { cookie: `${header}=${secret}` }],
    ["as a bearer", { authorization: `Bearer ${secret}` }],
  ])("%s", async (_, headers) => {
    const before = seen.decisions;
    const { event, reads } = watched(headers);
    const { statusCode, body } = await answered(event);
    expect(statusCode).toBe(401);
    expect(body).toContain('"code":"unauthenticated"');
    expect(reads.count).toBe(0);
    expect(seen.decisions).toBe(before);
  });

  test("what was tried is not told, nor is the secret", () => {
    const told = lines.join("\n");
    expect(told).toContain("telegram_webhook_refused");
    for (const tried of [secret, flipped, "wrong"]) expect(told).not.toContain(tried);
  });
});

test("with it, in a header of any case, the body is read and the bot decides", async () => {
  for (const name of [header, "X-Telegram-Bot-Api-Secret-Token"]) {
    const before = seen.decisions;
    const { event, reads } = watched({ [name]: secret });
    expect((await answered(event)).statusCode).toBe(200);
    expect(reads.count).toBeGreaterThan(0);
    expect(seen.decisions).toBeGreaterThan(before);
  }
});

test("a secret that could not be had lets nobody in", async () => {
  const closed = telegramWebhook({
    services: { allowedOrigins: [], log },
    webhookSecrets: () => Promise.reject(new Error("No secret.")),
    bot: () => Promise.resolve(bot),
  });
  for (const headers of [{}, { [header]: "" }, { [header]: "undefined" }]) {
    const { event, reads } = watched(headers);
    expect((await closed(event, {} as Context)).statusCode).toBe(503);
    expect(reads.count).toBe(0);
  }
});

describe("the size of a body is its bytes:", () => {
  const padded = (text: string, bytes: number) =>
    text + " ".repeat(bytes - Buffer.byteLength(text));
  const limit = 64 * 1024;
  const withSecret = { [header]: secret };
  const base64 = (text: string) => ({
    ...webhookEvent(Buffer.from(text).toString("base64"), withSecret),
    isBase64Encoded: true,
  });
  const wide = JSON.stringify({ update_id: 1, note: "ї".repeat(limit / 2) });

  test.each([
    ["64 KB", webhookEvent(padded(start, limit), withSecret), true],
    ["64 KB in base64", base64(padded(start, limit)), true],
    ["one byte more", webhookEvent(padded(start, limit + 1), withSecret), false],
    ["one byte more in base64", base64(padded(start, limit + 1)), false],
    ["few characters that are many bytes", webhookEvent(wide, withSecret), false],
    ["megabytes", webhookEvent("x".repeat(6 << 20), withSecret), false],
  ])("%s", async (_, event, isRead) => {
    const before = seen.decisions;
    expect((await answered(event)).statusCode).toBe(200);
    expect(seen.decisions > before).toBe(isRead);
  });

  test("without the secret one byte more is refused like any other", async () => {
    const event = webhookEvent(padded(start, limit + 1), { [header]: "wrong" });
    expect((await answered(event)).statusCode).toBe(401);
  });

  test("none at all is no update, and a 200", async () => {
    expect((await answered(webhookEvent("", withSecret))).statusCode).toBe(200);
    const event = webhookEvent("", withSecret);
    delete event.body;
    expect((await answered(event)).statusCode).toBe(200);
  });
});
