import { Api } from "grammy/web";
import { expect, test } from "vitest";
import { everyLanguage } from "../../lib/settings/languages.ts";
import {
  removeWebhook,
  sameUsername,
  setUpBot,
  type BotSetup,
} from "../../lib/telegram/set-up-bot.ts";
import { aBotApi, token } from "../functions/telegram-setup/bot-api-server.ts";

const setup: BotSetup = {
  webhookUrl: "https://api.example.com/v1/telegram/webhook",
  webhookSecret: "secret",
  username: "example_bot",
  languages: everyLanguage,
  dropPending: false,
};

test("setting up twice is setting up once", async () => {
  const { url, state } = await aBotApi();
  const api = new Api(token, { apiRoot: url });
  const first = await setUpBot(api, setup);
  expect(await setUpBot(api, setup)).toEqual(first);
  expect(first).toEqual({ kind: "set_up", username: "Example_bot" });
  expect(state.webhookUrl).toBe(setup.webhookUrl);
});

test("the webhook is set last, when everything else is ready", async () => {
  const { url, methods } = await aBotApi();
  await setUpBot(new Api(token, { apiRoot: url }), setup);
  expect(methods()[0]).toBe("getMe");
  expect(methods().at(-1)).toBe("setWebhook");
});

test("what the bot understands is said in the languages on offer, to everybody else in the first, in no other any more", async () => {
  const { url, state } = await aBotApi();
  const api = new Api(token, { apiRoot: url });
  await setUpBot(api, setup);
  expect([...state.commands.keys()]).toEqual(["", ...everyLanguage]);
  await setUpBot(api, { ...setup, languages: ["uk", "en"] });
  expect([...state.commands]).toMatchObject([
    ["", [{ description: "Для чого цей бот" }, { description: "Почати" }]],
    ["en", [{ description: "What this bot is for" }, { description: "Begin" }]],
    ["uk", [{ description: "Для чого цей бот" }, { description: "Почати" }]],
  ]);
  await setUpBot(api, { ...setup, languages: ["ru"] });
  expect([...state.commands]).toMatchObject([
    ["", [{ description: "Для чего этот бот" }, { description: "Начать" }]],
    ["ru", [{ description: "Для чего этот бот" }, { description: "Начать" }]],
  ]);
});

test("only a webhook of one's own is removed", async () => {
  const { url, state } = await aBotApi();
  const api = new Api(token, { apiRoot: url });
  await setUpBot(api, setup);
  expect(await removeWebhook(api, "https://other.example.com/")).toBe("not_ours");
  expect(state.webhookUrl).toBe(setup.webhookUrl);
  expect(await removeWebhook(api, setup.webhookUrl)).toBe("removed");
  expect(state.webhookUrl).toBe("");
});

test.each([
  ["Example_bot", "example_BOT", true],
  ["Example_bot", "@example_bot", true],
  ["example_bot", "examplebot", false],
  ["example_bot", "", false],
])("%j and %j name the same bot: %s", (one, other, same) => {
  expect(sameUsername(one, other)).toBe(same);
});
