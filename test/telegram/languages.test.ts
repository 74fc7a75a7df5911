import { describe, expect, test } from "vitest";
import type { Person } from "../../local/devices/telegram/chats/chat.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./support/linked-people.ts";

/** Offers Ukrainian and English: whoever has another language is spoken to in Ukrainian. */
const world = await startBotWorld(undefined, ["uk", "en"]);
const { telegram } = world;

const last = (person: Person) => telegram.said(person).at(-1)?.text ?? "";
const aRussian = () => aTelegramPerson(world, { language: "ru" });
const write = (person: Person, text: string) => world.deliver(telegram.write(person, text));

/** What the bot may say to somebody of that language, found in an offered one. */
const spoken = { ru: "uk", "ru-UA": "uk", uk: "uk", de: "uk", en: "en", "en-GB": "en" } as const;
const help = { uk: "Цей бот підтверджує входи", en: "This bot confirms sign-ins" } as const;

test.each(Object.entries(spoken))("of the language %s is answered in %s", async (own, offered) => {
  const person = aTelegramPerson(world, { language: own });
  await write(person, "/help");
  expect(last(person)).toContain(help[offered]);
});

test("a link that is opened in another language is answered in the first, and kept with it", async () => {
  const person = aRussian();
  const { id, token } = await aBegunLink(world);
  await write(person, `/start ${token}`);
  expect(last(person)).toContain("Майже готово");
  expect((await world.account(id)).telegram.link?.answer).toMatchObject({ language: "uk" });
  await write(person, "/start AAAAAAAAAAAAAAAAAAAAAA");
  expect(last(person)).toContain("вже не діє");
});

describe("somebody who was linked while their language was still on offer", () => {
  const asked = async () => {
    const person = aRussian();
    const account = { ...aTelegramAccount(1), userId: person.id, language: "ru" as const };
    const telegramOfThem = { ...telegramWith(0), accounts: [account] };
    const { id } = await aLinkedPerson(world, 0, { telegram: telegramOfThem });
    const challenge = await world.open(id);
    await world.runJobs();
    return { person, id, challenge };
  };

  test("is asked in the first, buttons and all", async () => {
    const { person } = await asked();
    const [request] = telegram.said(person);
    expect(request?.text).toContain("Це ви входите");
    expect(request?.keyboard.at(-1)?.map(({ text }) => text)).toEqual(["Ні, це не я"]);
  });

  test("reads in the first how it ended, in the flash and in the message", async () => {
    const { person } = await asked();
    const [request] = telegram.said(person);
    if (!request) throw new Error("They were not asked.");
    await world.deliver(telegram.tap(person, request, "47"));
    await world.runJobs();
    expect(last(person)).toContain("Підтверджено");
    const flashed = telegram.calls.filter(({ method }) => method === "answerCallbackQuery").at(-1);
    expect(flashed?.parameters["text"]).toContain("Підтверджено");
  });
});
