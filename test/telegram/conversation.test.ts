import { describe, expect, test } from "vitest";
import type { Person } from "../../local/devices/telegram/chats/chat.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aTelegramPerson } from "./support/linked-people.ts";

const world = await startBotWorld();
const { telegram, clock, storage } = world;

/** What the bot answers to a text, one line each. */
const answersTo = async (person: Person, text: string): Promise<string[]> => {
  const before = telegram.said(person).length;
  expect(await world.deliver(telegram.write(person, text))).toBe(200);
  return telegram
    .said(person)
    .slice(before)
    .map((message) => message.text);
};
const answerOf = async (id: Awaited<ReturnType<typeof aBegunLink>>["id"]) =>
  (await world.account(id)).telegram.link?.answer;

describe("what cannot be a link is answered in a friendly way, and changes no account:", () => {
  test.each([
    ["a token that nobody made", "/start AAAAAAAAAAAAAAAAAAAAAA", "does not work any more"],
    ["an empty start", "/start", "confirms sign-ins to Twostep"],
    ["a blank one", "/start    ", "confirms sign-ins to Twostep"],
    ["a short one", "/start x", "does not work any more"],
    ["one character too many", `/start ${"A".repeat(23)}`, "does not work any more"],
    ["the longest that Telegram takes", `/start ${"A".repeat(64)}`, "does not work any more"],
    ["a whole message of it", `/start ${"A".repeat(4000)}`, "does not work any more"],
    ["two words", "/start AAAAAAAAAAAAAAAAAAAAAA more", "does not work any more"],
    ["markup", "/start <b>&amp;<script>", "does not work any more"],
    ["another alphabet", "/start привіт", "does not work any more"],
    ["a key of the table", "/start account#ann", "does not work any more"],
    ["a prototype", "/start __proto__", "does not work any more"],
    ["the bot by its name", "/start@twostep_bot", "confirms sign-ins to Twostep"],
    ["help", "/help", "confirms sign-ins to Twostep"],
    ["another command", "/settings", "confirms sign-ins to Twostep"],
    ["small talk", "hello", "confirms sign-ins to Twostep"],
    ["a start in the middle", "please /start now", "confirms sign-ins to Twostep"],
    ["a start in capitals", "/START", "confirms sign-ins to Twostep"],
  ])("%s", async (_, text, answer) => {
    const person = aTelegramPerson(world);
    const before = [...(await storage.snapshot())].filter(([key]) => key.startsWith("account#"));
    expect(await answersTo(person, text)).toEqual([expect.stringContaining(answer)]);
    const after = [...(await storage.snapshot())].filter(([key]) => key.startsWith("account#"));
    expect(after).toEqual(before);
  });
});

describe("a stranger", () => {
  test("is answered once an update, however often and late it is delivered", async () => {
    const person = aTelegramPerson(world);
    const update = telegram.write(person, "hello");
    for (const wait of [0, 0, 60, 3600, 80_000]) {
      clock.advance(wait);
      expect(await world.deliver(update)).toBe(200);
    }
    expect(telegram.said(person)).toHaveLength(1);
  });

  test("is answered once, also when the same update comes many times at the same moment", async () => {
    const person = aTelegramPerson(world);
    const update = telegram.write(person, "/start nonsense");
    await Promise.all(Array.from({ length: 8 }, () => world.deliver(update)));
    expect(telegram.said(person)).toHaveLength(1);
  });

  test("is answered twenty times an hour, whatever they say, and again in the next", async () => {
    const [person, other] = [aTelegramPerson(world), aTelegramPerson(world)];
    // A full hour by the clock, so that the hour before is empty.
    clock.advance(7200 - ((clock.now() / 1000) % 3600));
    for (let n = 0; n < 30; n += 1) {
      await answersTo(person, ["hello", "/help", "/start", "/start x"][n % 4] ?? "");
    }
    expect(telegram.said(person)).toHaveLength(20);
    expect(await answersTo(other, "hello")).toHaveLength(1);
    clock.advance(7200);
    expect(await answersTo(person, "hello")).toHaveLength(1);
  });

  test("still has their link answered, when small talk is used up", async () => {
    const person = aTelegramPerson(world);
    for (let n = 0; n < 21; n += 1) await answersTo(person, "hello");
    const { id, token } = await aBegunLink(world);
    expect(await answersTo(person, `/start ${token}`)).toEqual([
      expect.stringContaining("Almost done"),
    ]);
    expect(await answerOf(id)).toMatchObject({ userId: person.id });
  });

  test.each([
    ["uk", "Цей бот підтверджує входи"],
    ["ru", "Этот бот подтверждает входы"],
    ["en-GB", "This bot confirms sign-ins"],
    ["pt-br", "This bot confirms sign-ins"],
    ["", "This bot confirms sign-ins"],
    [undefined, "This bot confirms sign-ins"],
  ])("of the language %s is answered in it, or in English", async (language, answer) => {
    const person = aTelegramPerson(world, language === undefined ? {} : { language });
    expect(await answersTo(person, "/help")).toEqual([expect.stringContaining(answer)]);
  });
});

describe("a link that is opened", () => {
  test("is answered once a message, with the account masked; a second person gets nothing", async () => {
    const [ann, bob] = [aTelegramPerson(world), aTelegramPerson(world, { name: "Bob" })];
    const { id, token } = await aBegunLink(world);
    const update = telegram.write(ann, `/start ${token}`);
    for (let n = 0; n < 3; n += 1) expect(await world.deliver(update)).toBe(200);
    expect(telegram.said(ann).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Almost done[^]*as a•••@example\.com are/),
    ]);
    const answers = await answersTo(bob, `/start ${token}`);
    expect(answers).toEqual([expect.stringContaining("does not work any more")]);
    expect(answers.join()).not.toContain("example.com");
    expect(await answerOf(id)).toMatchObject({ userId: ann.id, name: "Ann" });
  });

  test.each([
    [
      "markup",
      "<b>Ann</b> & <a href='tg://user?id=1'>you</a>",
      "<b>Ann</b> & <a href='tg://user?id=1'>yo",
    ],
    ["what turns text around", "\u202eAnn\u202c \u2066Lee\u2069\u200f", "Ann Lee"],
    ["what has no width", "A\u200bn\u200cn\u200d\ufeff\u2060 L\u00ade\u180ee", "Ann Lee"],
    ["lines and controls", "Ann\nApproved\u2028by\u0000\u0007 Bob\t!", "AnnApprovedby Bob!"],
    ["a tag of invisible letters", "Ann\u{e0041}\u{e007f}", "Ann"],
    ["half a surrogate pair", "Ann\ud83d", "Ann"],
    ["nothing that can be seen", "\u202e\u200b\u00ad", "Telegram user"],
    ["emoji, each of them one character", "😀".repeat(64), "😀".repeat(40)],
    ["a prototype", "__proto__", "__proto__"],
  ])("by somebody whose name has %s shows it plain and short", async (_, name, shown) => {
    const person = aTelegramPerson(world, { name, language: "en" });
    const { id, token } = await aBegunLink(world);
    expect(await answersTo(person, `/start ${token}`)).toHaveLength(1);
    expect((await answerOf(id))?.name).toBe(shown);
  });
});
