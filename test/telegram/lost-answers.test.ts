import { expect, test } from "vitest";
import { loseAnswers } from "../support/lost-answers.ts";
import { startBotWorld } from "./support/bot-world.ts";
import { aTelegramPerson } from "./support/linked-people.ts";

const world = await startBotWorld();
const { telegram, storage } = world;
const loseAnswer = loseAnswers(storage.client);

test.each(["/help", "/start", "/start nonsense", "hello"])(
  "%j is answered, once, though the table's answer to each write was lost",
  async (text) => {
    for (const command of ["UpdateItem", "PutItem"]) {
      const person = aTelegramPerson(world);
      const update = telegram.write(person, text);
      storage.failWhen((call) => {
        if (call.command === command) loseAnswer();
        return undefined;
      });
      expect(await world.deliver(update)).toBe(200);
      storage.failWhen(undefined);
      expect(telegram.said(person)).toHaveLength(1);
      // Telegram delivers it once more, as if our answer had been lost too.
      expect(await world.deliver(update)).toBe(200);
      expect(telegram.said(person)).toHaveLength(1);
    }
  },
);

test("an update whose count failed is answered when it comes again", async () => {
  const person = aTelegramPerson(world);
  const update = telegram.write(person, "hello");
  storage.failWhen(({ command }) => (command === "UpdateItem" ? "after" : undefined));
  expect(await world.deliver(update)).toBe(503);
  storage.failWhen(undefined);
  expect(await world.deliver(update)).toBe(200);
  expect(telegram.said(person)).toHaveLength(1);
});
