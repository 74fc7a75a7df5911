import { describe, expect, test } from "vitest";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";

const world = await startBotWorld();
const { telegram, storage } = world;
const person = aTelegramPerson(world);
const { token } = await aBegunLink(world);

const from = { id: person.id, is_bot: false, first_name: "Ann" };
const privately = { id: person.id, type: "private", first_name: "Ann" };
const group = { id: -100_200_300, type: "supergroup", title: "A group" };
const start = `/start ${token}`;
const entities = [{ type: "bot_command", offset: 0, length: 6 }];
const message = { message_id: 1, date: 0, from, chat: privately, text: start, entities };

/** Delivers it and expects that nobody was called and nothing was written. */
const expectNothing = async (update: Readonly<Record<string, unknown>>) => {
  const [before, calls] = [await storage.snapshot(), telegram.calls.length];
  expect(await world.deliver(update)).toBe(200);
  expect(telegram.calls.slice(calls)).toEqual([]);
  expect(await storage.snapshot()).toEqual(before);
};

describe("a good link's token does nothing in", () => {
  test.each<[string, object]>([
    ["a group", { message: { ...message, chat: { ...group, type: "group" } } }],
    ["a supergroup", { message: { ...message, chat: group } }],
    [
      "a supergroup, by an anonymous admin",
      { message: { ...message, sender_chat: group, chat: group } },
    ],
    ["a channel", { channel_post: { ...message, chat: { id: -1, type: "channel", title: "x" } } }],
    [
      "an edited channel post",
      { edited_channel_post: { ...message, chat: { id: -1, type: "channel" } } },
    ],
    ["an edited message", { edited_message: { ...message, edit_date: 1 } }],
    ["a business message", { business_message: message }],
    ["an edited business message", { edited_business_message: message }],
    ["a chat of a type to come", { message: { ...message, chat: { id: 1, type: "monologue" } } }],
    ["an inline query", { inline_query: { id: "1", from, query: start, offset: "" } }],
    ["a chosen inline result", { chosen_inline_result: { result_id: "1", from, query: start } }],
    ["a shipping query", { shipping_query: { id: "1", from, invoice_payload: start } }],
    ["a poll's answer", { poll_answer: { poll_id: "1", user: from, option_ids: [0] } }],
    ["a request to join", { chat_join_request: { chat: group, from, date: 0, bio: start } }],
    ["a reaction", { message_reaction: { chat: privately, message_id: 1, user: from, date: 0 } }],
    ["a boost", { chat_boost: { chat: group, boost: {} } }],
    ["a bot that is blocked", { my_chat_member: { chat: privately, from, date: 0 } }],
    ["a kind that nobody knows yet", { something_new: message }],
  ])("%s", async (_, content) => {
    await expectNothing({ update_id: 1, ...content });
  });

  test("an update that has nothing in it", async () => {
    await expectNothing({ update_id: 2 });
  });

  test("a group, from nobody", async () => {
    await expectNothing({ update_id: 3, message: { ...message, from: undefined, chat: group } });
  });
});

describe("a shape that Telegram never sends is a 200 that does nothing:", () => {
  test.each<[string, unknown]>([
    ["a list", []],
    ["a text", "update"],
    ["null", null],
    ["no id", { message }],
    ["an id as text", { update_id: "1", message }],
    ["half an id", { update_id: 1.5, message }],
    ["an id beyond all integers", { update_id: 1e300, message }],
    ["a message that is a text", { update_id: 1, message: start }],
    ["a message without a chat", { update_id: 1, message: { ...message, chat: undefined } }],
    ["a chat without a type", { update_id: 1, message: { ...message, chat: { id: 1 } } }],
    ["a user id as text", { update_id: 1, message: { ...message, from: { ...from, id: "7" } } }],
    [
      "a name that is none",
      { update_id: 1, message: { ...message, from: { ...from, first_name: {} } } },
    ],
    [
      "a language that is a list",
      { update_id: 1, message: { ...message, from: { ...from, language_code: [] } } },
    ],
    ["a text that is a list", { update_id: 1, message: { ...message, text: [start] } }],
    ["marks that are no list", { update_id: 1, message: { ...message, entities: {} } }],
    [
      "marks beyond the text's beginning",
      { update_id: 1, message: { ...message, entities: [{ type: 1 }] } },
    ],
    ["a tap from nobody", { update_id: 1, callback_query: { id: "1", data: "x" } }],
    [
      "a tap with data that is a number",
      { update_id: 1, callback_query: { id: "1", from, data: 47 } },
    ],
  ])("%s", async (_, update) => {
    await expectNothing(update as Record<string, unknown>);
  });

  test.each<[string, unknown]>([
    ["a text", "x"],
    ["a number", 5],
    ["null", null],
    ["a list", [message]],
    ["nothing", {}],
    ["a message whose chat is null", { ...message, chat: null }],
  ])("another kind of update that is %s", async (_, content) => {
    for (const kind of [
      "edited_message",
      "channel_post",
      "my_chat_member",
      "inline_query",
      "poll",
    ]) {
      await expectNothing({ update_id: 4, [kind]: content });
    }
  });
});

test("a message that is no text is answered like small talk", async () => {
  const bare = { ...message, text: undefined, entities: undefined };
  for (const [n, content] of [
    { sticker: { file_id: "x", emoji: "😀" } },
    { contact: { phone_number: "+380501234567", first_name: "Ann" } },
    { photo: [], caption: start, caption_entities: entities },
    { forward_origin: { type: "hidden_user", sender_user_name: "Bob", date: 0 } },
  ].entries()) {
    const calls = telegram.calls.length;
    expect(await world.deliver({ update_id: 500 + n, message: { ...bare, ...content } })).toBe(200);
    expect(telegram.calls.slice(calls)).toMatchObject([{ method: "sendMessage" }]);
  }
});

describe("a tap", () => {
  const tapOf = (data: unknown, more: object = {}) => ({
    update_id: 9,
    callback_query: {
      id: "1",
      from,
      chat_instance: "1",
      data,
      message: { message_id: 1, date: 0, chat: privately },
      ...more,
    },
  });
  const asked = async () => {
    const { id, people } = await aLinkedPerson(world);
    const challenge = await world.open(id);
    await world.runJobs();
    return { id, challenge, people };
  };

  test.each([
    "",
    ".",
    "47",
    "no",
    "challenge-1",
    "challenge-1.",
    "challenge-1.4",
    "challenge-1.470",
    "challenge-1.٤٧",
    "challenge-1.NO",
    "challenge-1.no\n",
    " challenge-1.no",
    "challenge-1.no.47",
    "../account.47",
    "account#ann.47",
    "__proto__.47",
    "chal_AAAAAAAAAAAAAAAAAAAAAA.47",
    "x".repeat(64),
    "\u0000.no",
  ])("with the data %j is told that it does nothing, and writes nothing", async (data) => {
    const before = await storage.snapshot();
    const calls = telegram.calls.length;
    expect(await world.deliver(tapOf(data))).toBe(200);
    expect(telegram.calls.slice(calls).map(({ method, text }) => [method, text])).toEqual([
      ["answerCallbackQuery", "This button does nothing here."],
    ]);
    expect(await storage.snapshot()).toEqual(before);
  });

  test("in a group, on an inline message or by a game counts nothing, though all else is right", async () => {
    const { id, challenge, people } = await asked();
    const [ann] = people;
    const [request] = ann ? telegram.said(ann) : [];
    const data = `${challenge.id}.no`;
    const by = { from: { ...from, id: ann?.id } };
    const inChat = (chat: object) => ({ message: { message_id: request?.id, date: 0, chat } });
    await expectNothing(tapOf(data, { ...by, ...inChat(group) }));
    await expectNothing(tapOf(data, { ...by, message: undefined, inline_message_id: "1" }));
    await expectNothing(tapOf(undefined, { ...by, game_short_name: data, ...inChat(privately) }));
    expect((await world.challenge(id, challenge.id)).status).toBe("pending");
  });

  test("on a message too old to be shown to bots counts as on any other", async () => {
    const { id, challenge, people } = await asked();
    const [ann] = people;
    const [request] = ann ? telegram.said(ann) : [];
    const message = { message_id: request?.id, date: 0, chat: { ...privately, id: ann?.id } };
    const update = tapOf(`${challenge.id}.no`, { from: { ...from, id: ann?.id }, message });
    expect(await world.deliver(update)).toBe(200);
    expect((await world.challenge(id, challenge.id)).status).toBe("denied");
  });
});
