import { expect, test } from "vitest";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { aBotApi, refusal } from "./bot-api-server.ts";
import { nobody } from "./loopback.ts";
import { runSetup, webhookSecret, webhookUrl } from "./run-setup.ts";

const webhookOf = ({ calls }: Awaited<ReturnType<typeof aBotApi>>) =>
  calls.filter(({ method }) => method === "setWebhook").map(({ payload }) => payload);

test("a new stack's bot gets its commands in three languages, and its webhook with what waited thrown away", async () => {
  const api = await aBotApi();
  const { answer } = await runSetup({ type: "Create", wanted: { ApiRoot: api.url } });
  expect(answer).toMatchObject({
    Status: "SUCCESS",
    Data: { Status: `@Example_bot reports to ${webhookUrl}.` },
  });
  const commands = api.calls.filter(({ method }) => method === "setMyCommands");
  const languages = commands.map(({ payload }) => payload["language_code"]);
  expect(languages).toEqual([undefined, ...everyLanguage]);
  for (const { payload } of commands) {
    expect(payload["commands"]).toMatchObject([{ command: "help" }, { command: "start" }]);
  }
  expect(webhookOf(api)).toEqual([
    {
      url: webhookUrl,
      secret_token: webhookSecret,
      allowed_updates: ["message", "callback_query", "my_chat_member"],
      drop_pending_updates: true,
      max_connections: 40,
    },
  ]);
});

test("an update to fewer languages takes the commands of the others away", async () => {
  const api = await aBotApi();
  for (const Languages of [undefined, "uk,en"]) {
    const wanted = { ApiRoot: api.url, ...(Languages && { Languages }) };
    expect((await runSetup({ type: "Update", wanted })).answer?.Status).toBe("SUCCESS");
  }
  expect([...api.state.commands.keys()].sort()).toEqual(["", "en", "uk"]);
});

test("languages that nobody has words for set nothing", async () => {
  const api = await aBotApi();
  const wanted = { ApiRoot: api.url, Languages: "uk,de" };
  expect((await runSetup({ type: "Create", wanted })).answer?.Status).toBe("FAILED");
  expect(api.methods()).toEqual([]);
});

test.each([
  ["keeps what waits at Telegram", { WebhookUrl: "https://old.example.com/" }, false],
  ["that writes the same name otherwise is none", { BotUsername: "@EXAMPLE_BOT" }, false],
  ["to another bot throws away what waits for it", { BotUsername: "former_bot" }, true],
  ["that switches Telegram on throws away what waits", { BotUsername: "" }, true],
])("an update %s", async (_, before, dropped) => {
  const api = await aBotApi();
  const { answer } = await runSetup({ type: "Update", wanted: { ApiRoot: api.url }, before });
  expect(answer?.Status).toBe("SUCCESS");
  expect(webhookOf(api)).toMatchObject([{ url: webhookUrl, drop_pending_updates: dropped }]);
});

test.each([
  [{ BotUsername: "former_bot" }, "@former_bot at http://127.0.0.1:"],
  [{ ApiRoot: "https://bots.example.com" }, "@example_bot at https://bots.example.com may"],
])(
  "an update from %j says what is left behind, which only the former token can remove",
  async (before, named) => {
    const api = await aBotApi();
    const { answer } = await runSetup({ type: "Update", wanted: { ApiRoot: api.url }, before });
    expect(answer?.Data?.Status).toContain(named);
    expect(answer?.Data?.Status).toContain("deleteWebhook");
  },
);

test.each(["@example_bot", "EXAMPLE_BOT"])("%s is the bot's name, too", async (BotUsername) => {
  const api = await aBotApi();
  const { answer } = await runSetup({ type: "Create", wanted: { ApiRoot: api.url, BotUsername } });
  expect(answer?.Status).toBe("SUCCESS");
});

test("a token of another bot sets nothing, and says whose it is", async () => {
  const api = await aBotApi();
  const wanted = { ApiRoot: api.url, BotUsername: "other_bot" };
  const { answer } = await runSetup({ type: "Create", wanted });
  expect(answer?.Status).toBe("FAILED");
  expect(answer?.Reason).toMatch(/is that of @Example_bot, but telegram.botUsername is other_bot/);
  expect(api.methods()).toEqual(["getMe"]);
});

test("without a username, or without the token, a stack deploys, Telegram hears nothing, and the status says what to do", async () => {
  const api = await aBotApi();
  const off = await runSetup({ type: "Create", wanted: { ApiRoot: api.url, BotUsername: "" } });
  expect(off.answer?.Status).toBe("SUCCESS");
  expect(off.answer?.Data?.Status).toMatch(
    /^Telegram is off\. .* deploy with telegram\.botUsername/,
  );
  for (const type of ["Create", "Update"] as const) {
    const unset = await runSetup({
      type,
      wanted: { ApiRoot: api.url },
      botToken: () => Promise.resolve("unset-put-the-token-of-the-bot-here"),
    });
    expect(unset.answer?.Status).toBe("SUCCESS");
    expect(unset.answer?.Data?.Status).toMatch(/token is missing\. .* call take_up_bot/);
  }
  expect(api.calls).toEqual([]);
});

test.each(["", "123456789:AAabc\n", "token", "1:A/../x"])(
  "%j is no token, and is asked of nobody",
  async (value) => {
    const api = await aBotApi();
    const { answer } = await runSetup({
      type: "Create",
      wanted: { ApiRoot: api.url },
      botToken: () => Promise.resolve(value),
    });
    expect(answer?.Status).toBe("FAILED");
    expect(answer?.Reason).toMatch(/is no bot token/);
    expect(api.calls).toEqual([]);
  },
);

test("switching Telegram off removes the webhook", async () => {
  const api = await aBotApi();
  api.state.webhookUrl = webhookUrl;
  const off = { ApiRoot: api.url, BotUsername: "" };
  const before = { BotUsername: "example_bot" };
  const { answer } = await runSetup({ type: "Update", wanted: off, before });
  expect(answer?.Status).toBe("SUCCESS");
  expect(answer?.Data?.Status).toMatch(/^Telegram is off\. .*The webhook was removed\.$/);
  expect(api.state.webhookUrl).toBe("");
});

test.each([
  ["is away", nobody],
  [
    "does not know the token any more",
    async () => (await aBotApi(() => refusal(401, "Unauthorized"))).url,
  ],
])("switching Telegram off works while it %s, and says what is left", async (_, root) => {
  const { answer } = await runSetup({
    type: "Update",
    wanted: { ApiRoot: await root(), BotUsername: "" },
    before: { BotUsername: "example_bot" },
  });
  expect(answer?.Status).toBe("SUCCESS");
  expect(answer?.Data?.Status).toMatch(/^Telegram is off\. .*may still be set/);
});
