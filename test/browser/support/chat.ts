import type { Page } from "playwright-core";
import { expect, vi } from "vitest";
import type { TestPerson } from "../../local/support/people.ts";
import { numberToTap } from "./panel.ts";

/** Follows a link to the bot, and presses Start. */
export async function openBot(chat: TestPerson, link: string): Promise<void> {
  const start = new URL(link).searchParams.get("start") ?? "";
  expect(await chat.send(`/start ${start}`)).toBe(202);
}

/** Taps the number that the page shows, in the newest message that asks for one. */
export async function tapNumber(page: Page, chat: TestPerson): Promise<void> {
  await tap(chat, await numberToTap(page));
}

/** Taps a number that the page does not show. */
export async function tapWrongNumber(page: Page, chat: TestPerson): Promise<void> {
  const right = await numberToTap(page);
  const { buttons } = await asked(chat);
  await tap(chat, buttons.flat().find((text) => /^\d\d$/.test(text) && text !== right) ?? "");
}

export const deny = (chat: TestPerson): Promise<void> => tap(chat, "No, it's not me");

/** How many messages have come but for notices, the one that greeted among them. */
export const messages = async (chat: TestPerson): Promise<number> =>
  (await chat.messages()).filter(
    ({ text, edited }) => edited || !text.includes("If this was not you"),
  ).length;

async function tap(chat: TestPerson, button: string): Promise<void> {
  const { id } = await asked(chat);
  expect((await chat.tap(id, button)).status).toBe(200);
}

/** The message that asks and has not been answered. */
const asked = (chat: TestPerson) =>
  vi.waitUntil(async () => (await chat.messages()).findLast(({ buttons }) => buttons.length > 0), {
    timeout: 10_000,
    interval: 50,
  });
