import { expect, test } from "vitest";
import { keepBot } from "../../../functions/telegram-setup/keep-bot.ts";
import { takeUpBot } from "../../../functions/telegram-setup/take-up-bot.ts";
import { aBotApi, token } from "./bot-api-server.ts";
import { webhookSecret, webhookUrl } from "./run-setup.ts";

const unset = "unset-put-the-token-of-the-bot-here";

/** The function of a stack with this token in its secret, as an operator calls it. */
const takeUp = async (api: { url: string }, botToken: string, BotUsername = "example_bot") => {
  const logged: unknown[] = [];
  const log = (message: string, fields: object) => void logged.push({ message, ...fields });
  const bot = keepBot({
    botToken: () => Promise.resolve(botToken),
    webhookSecret: () => Promise.resolve(webhookSecret),
    pauseMs: 1,
  });
  const wanted = { WebhookUrl: webhookUrl, BotUsername, ApiRoot: api.url, Languages: "en" };
  const invocation = { getRemainingTimeInMillis: () => 5300 };
  const result = await takeUpBot(bot, wanted, invocation, {
    ...{ info: log, warn: log, error: log, measure: () => undefined },
  });
  const shown = JSON.stringify([result, logged]);
  for (const secret of [token, webhookSecret]) expect(shown).not.toContain(secret);
  return result;
};

test("a token that was put into its secret after the deploy works without another deploy", async () => {
  const api = await aBotApi();
  expect(await takeUp(api, unset)).toMatchObject({
    kind: "done",
    status: expect.stringMatching(/token is missing/) as string,
  });
  expect(api.calls).toEqual([]);
  expect(await takeUp(api, token)).toEqual({
    kind: "done",
    status: `@Example_bot reports to ${webhookUrl}.`,
  });
  expect(api.state.webhookUrl).toBe(webhookUrl);
});

test("what people tapped meanwhile is kept", async () => {
  const api = await aBotApi();
  await takeUp(api, token);
  const [set] = api.calls.filter(({ method }) => method === "setWebhook");
  expect(set?.payload).toMatchObject({ drop_pending_updates: false });
});

test.each([
  ["another bot's token", token, "other_bot", /is that of @Example_bot/],
  ["no token", "token", "example_bot", /is no bot token/],
])("%s is told, and sets nothing", async (_, botToken, username, why) => {
  const api = await aBotApi();
  const reason: unknown = expect.stringMatching(why);
  expect(await takeUp(api, botToken, username)).toEqual({ kind: "failed", reason });
  expect(api.methods()).not.toContain("setWebhook");
});

test("without a bot there is nothing to take up", async () => {
  const api = await aBotApi();
  expect(await takeUp(api, token, "")).toMatchObject({ kind: "done" });
  expect(api.calls).toEqual([]);
});

test("a Telegram that hangs is told in time", async () => {
  const reason: unknown = expect.stringMatching(/took too long/);
  expect(await takeUp(await aBotApi(() => "hang"), token)).toEqual({ kind: "failed", reason });
});
