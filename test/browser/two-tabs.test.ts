import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { deny, messages, tapNumber } from "./support/chat.ts";
import { button, codeField, givePassword, isIn, numberToTap, sees } from "./support/panel.ts";
import { aPerson, sessionsOf, withApp, withTelegram } from "./support/people.ts";
import { openTab, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Two tabs of one browser share its cookies, and so the challenge and the session: what happens in one is seen in the other.

const world = aWorld();

/** Somebody with Telegram and an app, whose sign-in is open in two tabs. */
async function twoTabs() {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const app = await withApp(person);
  const { context, page: first } = await openWindow(world);
  await givePassword(first, person);
  const number = await numberToTap(first);
  const { page: second } = await openTab(context, world.url);
  expect(await numberToTap(second)).toBe(number);
  return { person, chat, app, first, second };
}

const both = (pages: readonly Page[], see: (page: Page) => Promise<void>) =>
  Promise.all(pages.map(see));

test("answered in Telegram, both are signed in, by one session", async () => {
  const { person, chat, first, second } = await twoTabs();
  await tapNumber(first, chat);
  await both([first, second], isIn);
  expect(await sessionsOf(person)).toBe(1);
});

test("a code typed in one lets both in, by one session", async () => {
  const { person, app, first, second } = await twoTabs();
  await button(second, "Code from an authenticator app").click();
  await codeField(second).fill(await app.code());
  await both([first, second], isIn);
  expect(await sessionsOf(person)).toBe(1);
});

test("denied, both say so", async () => {
  const { person, chat, first, second } = await twoTabs();
  await deny(chat);
  await both([first, second], (page) => sees(page, "Somebody said it was not them"));
  expect(await sessionsOf(person)).toBe(0);
});

test("given up in one, the other says that it was ended elsewhere", async () => {
  const { person, chat, first, second } = await twoTabs();
  await button(second, "Cancel").click();
  await sees(second, "Sign in");
  await sees(first, "This was ended elsewhere");
  expect(await sessionsOf(person)).toBe(0);
  // The greeting, and one request.
  expect(await messages(chat)).toBe(2);
});

test("a sign-in begun anew in one is taken up by the other, which shows the number that counts now", async () => {
  const { person, chat, first, second } = await twoTabs();
  await button(second, "Cancel").click();
  await sees(first, "This was ended elsewhere");
  await givePassword(second, person);
  const number = await numberToTap(second);
  await first.bringToFront();
  await first.reload();
  expect(await numberToTap(first)).toBe(number);
  await tapNumber(first, chat);
  await both([first, second], isIn);
  expect(await sessionsOf(person)).toBe(1);
});

test("signed out in one, the other has no way back into the session", async () => {
  const { chat, first, second } = await twoTabs();
  await tapNumber(first, chat);
  await both([first, second], isIn);
  await button(second, "Sign out").click();
  await sees(second, "Sign in");
  await first.bringToFront();
  await button(first, "Create codes").click();
  await button(first, "Continue").click();
  await sees(first, "Sign in");
});
