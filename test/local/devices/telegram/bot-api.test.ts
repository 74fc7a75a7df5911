import { Api, GrammyError } from "grammy";
import { expect, test } from "vitest";
import { aBot } from "../../support/bot.ts";
import { aPerson, storedToken } from "../../support/people.ts";
import { aStack } from "../../support/stack.ts";

// grammY's own client against the fake, as the service's functions use it.

async function anApi() {
  const { url, endpoints, dataDir } = await aStack(aBot({ setUp: false }));
  const token = await storedToken(dataDir);
  const ann = await aPerson(url);
  return {
    url,
    ann,
    token,
    root: endpoints.telegram,
    api: new Api(token, { apiRoot: endpoints.telegram }),
  };
}

async function aChat() {
  const chat = await anApi();
  await chat.ann.send("/start");
  return { ...chat, id: chat.ann.userId };
}

const reasonOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof GrammyError)) throw new Error("It was not refused.", { cause: error });
  return `${error.error_code} ${error.description}`;
};

test("the bot is who its token says", async () => {
  const { api, token, root } = await anApi();
  expect(token).toMatch(/^\d{10}:AA[\w-]{33}$/);
  const me = await api.getMe();
  expect(me).toMatchObject({ is_bot: true, username: "twostep_local_bot" });
  expect(String(me.id)).toBe(token.split(":")[0]);
  const wrong = new Api(`${me.id}:AA${"x".repeat(33)}`, { apiRoot: root });
  expect(await reasonOf(wrong.getMe())).toBe("401 Unauthorized");
  for (const path of ["/", "/botx/getMe", `/bot${token}`])
    expect((await fetch(root + path)).status).toBe(404);
  const unknown = await fetch(`${root}/bot${token}/getNothing`);
  expect(await unknown.json()).toEqual({
    ok: false,
    error_code: 404,
    description: "Not Found: method not found",
  });
});

test("a person sees the text of a message without its markup, and its buttons", async () => {
  const { api, ann, id } = await aChat();
  const sent = await api.sendMessage(id, " <b>Sign-in</b> &amp; more\n", {
    parse_mode: "HTML",
    reply_markup: {
      inline_keyboard: [
        [
          { text: "47", callback_data: "a" },
          { text: "12", callback_data: "b" },
        ],
        [{ text: "No", callback_data: "c".repeat(64) }],
      ],
    },
  });
  expect(sent).toMatchObject({
    chat: { id, type: "private", first_name: "Ann", username: "ann" },
    from: { is_bot: true, username: "twostep_local_bot" },
    text: "Sign-in & more",
    entities: [{ type: "bold", offset: 0, length: 7 }],
    reply_markup: { inline_keyboard: [[{ text: "47", callback_data: "a" }, {}], [{}]] },
  });
  expect(await ann.messages()).toEqual([
    {
      id: sent.message_id,
      text: "Sign-in & more",
      buttons: [["47", "12"], ["No"]],
      edited: false,
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    },
  ]);
  expect((await ann.messages("?own=true")).map(({ from, text }) => [from, text])).toEqual([
    ["person", "/start"],
    ["bot", "Sign-in & more"],
  ]);
});

test("an edit changes the text and takes away the buttons that it does not give", async () => {
  const { api, ann, id } = await aChat();
  const reply_markup = { inline_keyboard: [[{ text: "47", callback_data: "a" }]] };
  const { message_id } = await api.sendMessage(id, "Ask", { reply_markup });
  const other = { inline_keyboard: [[{ text: "12", callback_data: "b" }]] };
  await api.editMessageReplyMarkup(id, message_id, { reply_markup: other });
  expect(await ann.messages()).toMatchObject([{ text: "Ask", buttons: [["12"]], edited: false }]);
  await api.editMessageText(id, message_id, "Done");
  expect(await ann.messages()).toMatchObject([{ text: "Done", buttons: [], edited: true }]);
  expect(await reasonOf(api.editMessageText(id, message_id, "Done"))).toBe(
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  );
});

const keyboard = (callback_data: string) => ({
  reply_markup: { inline_keyboard: [[{ text: "a", callback_data }]] },
});

test.each([
  ["an empty text", (api: Api, id: number) => api.sendMessage(id, " \n "), "message text is empty"],
  ["a long text", (api, id) => api.sendMessage(id, "x".repeat(4097)), "message is too long"],
  [
    "broken HTML",
    (api, id) => api.sendMessage(id, "<b>x", { parse_mode: "HTML" }),
    `can't parse entities: Can't find end tag corresponding to start tag "b"`,
  ],
  ["an unknown chat", (api) => api.sendMessage(42, "x"), "chat not found"],
  [
    "callback data over 64 bytes",
    (api, id) => api.sendMessage(id, "x", keyboard("я".repeat(33))),
    "BUTTON_DATA_INVALID",
  ],
  [
    "a button without a purpose",
    (api, id) => api.sendMessage(id, "x", keyboard("")),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    "an edit of nothing",
    (api, id) => api.editMessageText(id, 99, "x"),
    "message to edit not found",
  ],
  [
    "an edit of a person's message",
    (api, id) => api.editMessageText(id, 1, "x"),
    "message can't be edited",
  ],
  ["a long edit", (api, id) => api.editMessageText(id, 1, "x".repeat(4097)), "MESSAGE_TOO_LONG"],
  [
    "an answer to no tap",
    (api) => api.answerCallbackQuery("1"),
    "query is too old and response timeout expired or query ID is invalid",
  ],
  [
    "a webhook on another machine",
    (api) => api.setWebhook("https://example.com"),
    "bad webhook: the local fake of Telegram only calls this machine",
  ],
  [
    "a secret token that is no header's",
    (api) => api.setWebhook("http://127.0.0.1", { secret_token: "a b" }),
    "secret token contains unallowed characters",
  ],
  [
    "a command in capitals",
    (api) => api.setMyCommands([{ command: "Help", description: "x" }]),
    "BOT_COMMAND_INVALID",
  ],
] satisfies [string, (api: Api, id: number) => Promise<unknown>, string][])(
  "Telegram refuses %s",
  async (_, call, reason) => {
    const { api, id } = await aChat();
    expect(await reasonOf(call(api, id))).toBe(`400 Bad Request: ${reason}`);
  },
);

test("the longest text is sent, counted without its markup", async () => {
  const { api, id } = await aChat();
  const html = `<b>${"&lt;".repeat(4096)}</b>`;
  expect((await api.sendMessage(id, html, { parse_mode: "HTML" })).text).toHaveLength(4096);
});

test("a bot cannot write to who never wrote to it, nor to who blocked it", async () => {
  const { api, ann } = await anApi();
  expect(await reasonOf(api.sendMessage(ann.userId, "x"))).toBe(
    "403 Forbidden: bot can't initiate conversation with a user",
  );
  await ann.send("hello");
  const { message_id } = await api.sendMessage(ann.userId, "x");
  await ann.block(true);
  const blocked = "403 Forbidden: bot was blocked by the user";
  expect(await reasonOf(api.sendMessage(ann.userId, "x"))).toBe(blocked);
  expect(await reasonOf(api.editMessageText(ann.userId, message_id, "y"))).toBe(blocked);
  expect(await ann.send("hello?")).toBe(409);
  await ann.block(false);
  await api.sendMessage(ann.userId, "again");
});

test("parameters may come in a query, a form or multipart", async () => {
  const { root, token, id, ann } = await aChat();
  const address = `${root}/bot${token}/sendMessage`;
  const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: "b", callback_data: "c" }]] });
  const fields = { chat_id: String(id), text: "form", reply_markup };
  await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  await fetch(address, { method: "POST", body: form });
  await fetch(`${root}/bot${token}/SENDMESSAGE?chat_id=${id}&text=query`);
  expect((await ann.messages()).map(({ text, buttons }) => [text, buttons])).toEqual([
    ["form", [["b"]]],
    ["form", [["b"]]],
    ["query", []],
  ]);
  const broken = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  expect(broken.status).toBe(400);
});

test("updates are fetched one by one or waited for, unless there is a webhook", async () => {
  const { api, ann } = await anApi();
  const waiting = api.getUpdates({ timeout: 30 });
  await ann.send("/start abc");
  const [update] = await waiting;
  expect(update).toMatchObject({
    message: {
      text: "/start abc",
      from: { id: ann.userId, is_bot: false, first_name: "Ann", language_code: "en" },
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    },
  });
  await ann.send("two");
  expect(await api.getUpdates({ limit: 1 })).toEqual([update]);
  const offset = (update?.update_id ?? 0) + 1;
  const [second] = await api.getUpdates({ offset });
  expect(second).toMatchObject({ update_id: offset, message: { text: "two" } });
  expect(await api.getUpdates({ offset: offset + 1 })).toEqual([]);

  const terminated = reasonOf(api.getUpdates({ offset: offset + 1, timeout: 30 }));
  await expect.poll(() => api.getUpdates({ offset: offset + 1 })).toEqual([]);
  expect(await terminated).toContain("409 Conflict: terminated by other getUpdates request");

  await api.setWebhook("http://127.0.0.1:1/hook", { secret_token: "s", max_connections: 7 });
  expect(await reasonOf(api.getUpdates())).toContain("409 Conflict: can't use getUpdates");
  expect(await api.getWebhookInfo()).toMatchObject({
    url: "http://127.0.0.1:1/hook",
    max_connections: 7,
    pending_update_count: 0,
  });
  await api.deleteWebhook();
  expect(await api.getWebhookInfo()).toMatchObject({ url: "" });
});

test("commands are kept for each language, and taken away from one", async () => {
  const { api } = await anApi();
  const commands = [{ command: "help", description: "Допомога" }];
  await api.setMyCommands(commands, { language_code: "uk" });
  expect(await api.getMyCommands({ language_code: "uk" })).toEqual(commands);
  expect(await api.getMyCommands()).toEqual([]);
  await api.setMyCommands(commands);
  await api.deleteMyCommands({ language_code: "uk" });
  expect(await api.getMyCommands({ language_code: "uk" })).toEqual([]);
  expect(await api.getMyCommands()).toEqual(commands);
});
