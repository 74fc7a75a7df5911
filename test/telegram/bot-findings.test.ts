import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import { telegramWebhook } from "../../functions/telegram-webhook/webhook.ts";
import { answerTelegram } from "../../lib/telegram/answer-telegram.ts";
import { AccountBusy } from "../../lib/account/decide-account.ts";
import { deviceName } from "../../lib/http/client.ts";
import { everyLanguage } from "../../lib/settings/languages.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { telegramUser } from "../../lib/telegram/user.ts";
import { webhookEvent } from "../support/service-telegram.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";

const world = await startBotWorld();
const { telegram, jobs } = world;
const named = (first_name: string, more = {}) =>
  telegramUser({ id: 1, is_bot: false, first_name, ...more }, everyLanguage).name;

test("a name cannot read like somebody else's handle", () => {
  expect(named("Ann (@ann)")).not.toBe(named("Ann", { username: "ann" }));
});

test.each(["\u3164", "\u2800", "\u115f\u1160", "\uffa0", "\u034f", "\ufe0f"])(
  "2. a name of %j alone, which nobody sees, is shown as 'Telegram user'",
  (name) => {
    expect(named(name)).toBe("Telegram user");
  },
);

test("a browser that calls itself by a domain puts no link into the request", () => {
  const device = deviceName("evil-site.com/1.0 (Windows NT 10.0; Win64)");
  expect(device).not.toMatch(/[a-z0-9-]\.[a-z]{2,}/i);
});

test("no message of the bot has a link's preview", async () => {
  const before = telegram.calls.length;
  const { id, people } = await aLinkedPerson(world, 1);
  await world.open(id);
  await world.runJobs();
  const [person] = people;
  const [request] = person ? telegram.said(person) : [];
  if (!person || !request) throw new Error("Nobody was asked.");
  await world.deliver(telegram.tap(person, request, "No, it's not me"));
  await world.runJobs();
  await world.deliver(telegram.write(person, "hello"));
  const texts = telegram.calls.slice(before).filter(({ method }) => method.includes("Message"));
  expect(texts.map(({ method }) => method)).toEqual([
    "sendMessage",
    "editMessageText",
    "sendMessage",
  ]);
  for (const { parameters } of texts) {
    expect(parameters["link_preview_options"]).toEqual({ is_disabled: true });
  }
});

test("an account that is busy is answered 'busy' and told as such, as everywhere", async () => {
  const lines: string[] = [];
  const note = (message: string) => void lines.push(message);
  const log = { info: note, warn: note, error: note, measure: () => undefined };
  const busy = () => Promise.reject(new AccountBusy());
  const bot = makeBot(
    {
      token: "1:x",
      apiRoot: "http://127.0.0.1:9",
      username: "bot",
      service: "Twostep",
      languages: everyLanguage,
    },
    { answerLink: busy, tap: busy, mayReply: busy },
    log,
  );
  const webhook = telegramWebhook({
    services: { allowedOrigins: [], log },
    webhookSecrets: () => Promise.resolve(["a-secret-of-the-webhook"]),
    bot: () => Promise.resolve(bot),
  });
  const person = aTelegramPerson(world);
  const update = JSON.stringify(telegram.write(person, "hello"));
  const { statusCode, body } = await webhook(webhookEvent(update), {} as Context);
  expect(statusCode).toBe(503);
  expect(body).toContain('"code":"busy"');
  expect(lines).toEqual(["account_busy"]);
});

test("a private command without a sender is a 200: repeating it mends nothing", async () => {
  const update = {
    update_id: 1,
    message: {
      message_id: 1,
      date: 0,
      chat: { id: 7, type: "private" },
      text: "/start x",
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    },
  };
  expect(await world.deliver(update)).toBe(200);
});

test("a second /start with a good link is answered once, however often it is delivered", async () => {
  const person = aTelegramPerson(world);
  const { token } = await aBegunLink(world);
  await world.deliver(telegram.write(person, `/start ${token}`));
  const second = telegram.write(person, `/start ${token}`);
  for (let n = 0; n < 3; n += 1) await world.deliver(second);
  expect(telegram.said(person)).toHaveLength(2);
});

test("a late message whose edit failed is edited when its job comes back, not at the end of its life", async () => {
  const { id, people } = await aLinkedPerson(world, 1);
  const { id: challengeId } = await world.open(id);
  const [person] = people;
  if (!person) throw new Error("Nobody.");
  const ask = jobs.find(({ job }) => job.kind === "prompt" && job.challengeId === challengeId);
  telegram.meet(async ({ method }) => {
    if (method === "editMessageText") return { status: 500 };
    const tap = {
      challengeId,
      userId: person.id,
      messageId: 999,
      choice: "no",
    };
    await world.decide(id, (account, now) => answerTelegram(account, tap, now));
    // The job for the end finds no message yet that it could edit, but that one.
    return undefined;
  });
  expect((await world.send(JSON.stringify(ask?.job))).batchItemFailures).toHaveLength(1);
  telegram.meet(undefined);
  expect(await world.send(JSON.stringify(ask?.job))).toEqual({
    batchItemFailures: [],
  });
  expect(telegram.said(person)).toMatchObject([{ textEdited: true, keyboard: [] }]);
});

test("a token that Telegram no longer knows is told to the operator by more than an 'info'", async () => {
  const { id } = await aLinkedPerson(world, 1);
  const { id: challengeId } = await world.open(id);
  const ask = jobs.find(({ job }) => job.kind === "prompt" && job.challengeId === challengeId);
  const before = world.log.length;
  telegram.meet(() => ({ status: 401 }));
  await world.send(JSON.stringify(ask?.job));
  telegram.meet(undefined);
  const lines = world.log.slice(before).map(({ message }) => message);
  expect(lines.filter((message) => message !== "telegram_prompted")).not.toEqual([]);
});
