import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { telegramWebhook } from "../../functions/telegram-webhook/webhook.ts";
import type { Measure } from "../../lib/log/measure.ts";
import { webhookSecret } from "../support/service-instances.ts";
import { webhookEvent } from "../support/service-telegram.ts";
import { begunLink, newPerson, signedIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { telegram, storage } = service;

const quiet = () => undefined;
const measures: Measure[] = [];

describe("the secret comes first:", () => {
  const refusing = telegramWebhook({
    services: {
      allowedOrigins: [],
      log: {
        ...{ info: quiet, warn: quiet, error: quiet },
        measure: (measure) => void measures.push(measure),
      },
    },
    webhookSecrets: () => Promise.resolve([webhookSecret]),
    bot: () => Promise.reject(new Error("The bot was asked.")),
  });
  const header = "x-telegram-bot-api-secret-token";
  test.each([
    ["missing", {}],
    ["empty", { [header]: "" }],
    ["wrong", { [header]: "another-secret-of-the-same-length" }],
    ["short", { [header]: webhookSecret.slice(0, -1) }],
    ["long", { [header]: `${webhookSecret}x` }],
    ["repeated", { [header]: `${webhookSecret},${webhookSecret}` }],
    ["in another header", { authorization: webhookSecret }],
  ])("%s, it is 401, nothing is parsed and nobody is called", async (_, headers) => {
    const { statusCode, body } = await refusing(webhookEvent("{not json", headers), lambda);
    expect(statusCode).toBe(401);
    expect(body).toContain('"code":"unauthenticated"');
  });

  test("a body over 64 KB is a 200 that does nothing: Telegram would repeat it after any other answer", async () => {
    measures.length = 0;
    const event = webhookEvent(JSON.stringify({ update_id: 1, note: "x".repeat(64 * 1024) }));
    expect((await refusing(event, lambda)).statusCode).toBe(200);
    expect(measures.filter(({ name }) => name === "TelegramUpdateDropped")).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["no update id", "{}"],
    ["a text as id", '{"update_id":"1"}'],
    ["a message without its chat", '{"update_id":1,"message":{"message_id":1}}'],
    [
      "a text that is none",
      '{"update_id":1,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":{}}}',
    ],
    ["a tap from nobody", '{"update_id":1,"callback_query":{"id":"1","data":"x"}}'],
  ])("%s is a 200 that does nothing, for repeating it would not mend it", async (_, body) => {
    expect((await refusing(webhookEvent(body), lambda)).statusCode).toBe(200);
  });
});

const from = { id: 7, is_bot: false, first_name: "Ann" };
const inGroup = { id: -100, type: "supergroup", title: "A group" };

test.each([
  [
    "a start in a group",
    {
      message: {
        message_id: 1,
        date: 0,
        from,
        chat: inGroup,
        text: "/start abc",
        entities: [{ type: "bot_command", offset: 0, length: 6 }],
      },
    },
  ],
  [
    "a tap in a group",
    {
      callback_query: {
        id: "1",
        from,
        chat_instance: "1",
        data: "chal_x.47",
        message: { message_id: 1, date: 0, chat: inGroup },
      },
    },
  ],
  [
    "a tap on an inline message",
    {
      callback_query: {
        id: "1",
        from,
        chat_instance: "1",
        data: "chal_x.47",
        inline_message_id: "1",
      },
    },
  ],
  [
    "a post in a channel",
    {
      channel_post: {
        message_id: 1,
        date: 0,
        chat: { id: -1, type: "channel", title: "x" },
        text: "/start",
      },
    },
  ],
  [
    "an edited message",
    {
      edited_message: {
        message_id: 1,
        date: 0,
        edit_date: 1,
        from,
        chat: { id: 7, type: "private" },
        text: "/start",
      },
    },
  ],
  ["an inline query", { inline_query: { id: "1", from, query: "", offset: "" } }],
  ["a kind that is not known yet", { something_new: { from } }],
  ["a blocked bot", { my_chat_member: { chat: { id: 7, type: "private" }, from, date: 0 } }],
])("%s is taken and changes nothing", async (_, update) => {
  const before = await storage.snapshot();
  expect(await telegram.update(update)).toBe(200);
  expect(await storage.snapshot()).toEqual(before);
});

test("garbage behind /start, help and small talk are answered, also while Telegram is out of reach", async () => {
  for (const text of [
    "/start",
    "/start x",
    `/start ${"a".repeat(64)}`,
    "/start <b>",
    "/help",
    "hello",
    "/nothing",
  ]) {
    expect(await telegram.write(8, text)).toBe(200);
  }
});

test("a tap with data that is not ours, or of a challenge that nobody knows, changes no account", async () => {
  for (const data of [
    "",
    "no",
    "47",
    "chal_AAAAAAAAAAAAAAAAAAAAAA.47",
    "chal_AAAA.470",
    "../account.47",
    "x".repeat(64),
  ]) {
    expect(await telegram.tap(9, 1, data)).toBe(200);
  }
});

test("when storage fails Telegram is asked to come again, and then it works", async () => {
  const browser = await signedIn(service, await newPerson(service));
  const { id, token } = await begunLink(browser);
  storage.failWhen(({ command }) => (command.startsWith("PutItem") ? "before" : undefined));
  expect(await telegram.write(77, `/start ${token}`)).toBe(503);
  storage.failWhen(undefined);
  expect(await telegram.write(77, `/start ${token}`)).toBe(200);
  expect((await browser.get(`/v1/telegram/links/${id}`)).body).toMatchObject({
    status: "answered",
  });
});

const lambda = {} as Context;
