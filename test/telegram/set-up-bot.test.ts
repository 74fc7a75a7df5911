import { Api } from "grammy/web";
import { expect, test } from "vitest";
import { removeWebhook, sameUsername, setUpBot } from "../../lib/telegram/set-up-bot.ts";
import { aBotApi, token } from "../functions/telegram-setup/bot-api-server.ts";

const setup = {
  webhookUrl: "https://api.example.com/v1/telegram/webhook",
  webhookSecret: "secret",
  username: "example_bot",
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
