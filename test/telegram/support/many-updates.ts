import type { Update } from "grammy/types";
import type { AccountId, ChallengeId } from "../../../lib/account/ids.ts";
import type { Person } from "../../../local/devices/telegram/chats/chat.ts";
import type { BotWorld } from "./bot-world.ts";
import { aBegunLink, aLinkedPerson, aTelegramPerson } from "./linked-people.ts";

type Asked = {
  readonly id: AccountId;
  readonly challenge: ChallengeId;
  readonly people: readonly Person[];
};

/** What a day of a busy bot brings, and where to look what became of it. */
export type ManyUpdates = {
  readonly updates: readonly Update[];
  /** Challenges with one tap each: which one it is decides, whenever it comes. */
  readonly asked: readonly Asked[];
  /** Challenges that several people answer differently: the first who comes decides. */
  readonly contested: readonly Asked[];
  readonly links: readonly AccountId[];
  /** Everybody but those who disagree. */
  readonly people: readonly Person[];
};

/** 500 updates: taps, taps of people who were not asked, links, and small talk. The same in every world. */
export const manyUpdates = async (world: BotWorld): Promise<ManyUpdates> => {
  const { telegram } = world;
  const updates: Update[] = [];
  const people: Person[] = [];
  const ask = async (count: number) => {
    const linked = await aLinkedPerson(world, count);
    const { id: challenge } = await world.open(linked.id);
    await world.runJobs();
    return { id: linked.id, challenge, people: linked.people };
  };
  const request = (person: Person) => {
    const [message] = telegram.said(person);
    if (!message) throw new Error("They were not asked.");
    return message;
  };
  const stranger = aTelegramPerson(world, { name: "Eve" });
  people.push(stranger);

  const asked: Asked[] = [];
  for (let n = 0; n < 64; n += 1) {
    const one = await ask(1);
    asked.push(one);
    people.push(...one.people);
    for (const person of one.people) {
      const message = request(person);
      const button = ["47", "12", "No, it's not me"][n % 3] ?? "";
      updates.push(telegram.tap(person, message, button));
      if (n % 2 === 0) updates.push(telegram.tap(stranger, message, "47"));
    }
  }
  const contested: Asked[] = [];
  for (let n = 0; n < 20; n += 1) {
    const one = await ask(3);
    contested.push(one);
    updates.push(
      ...one.people.map((person, at) =>
        telegram.tap(person, request(person), at === n % 3 ? "No, it's not me" : "47"),
      ),
    );
  }
  const links: AccountId[] = [];
  for (let n = 0; n < 54; n += 1) {
    const [person, { id, token }] = [
      aTelegramPerson(world, { name: `Opener ${n}` }),
      await aBegunLink(world),
    ];
    people.push(person);
    links.push(id);
    updates.push(telegram.write(person, `/start ${token}`));
  }
  for (let n = 0; n < 58; n += 1) {
    const person = aTelegramPerson(world, { name: `Talker ${n}` });
    people.push(person);
    for (const text of ["hello", "/help", "/start", "/start x", "hello"]) {
      updates.push(telegram.write(person, text));
    }
  }
  return { updates, asked, contested, links, people };
};
