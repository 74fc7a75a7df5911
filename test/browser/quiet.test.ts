import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { deny, messages, tapNumber } from "./support/chat.ts";
import { button, givePassword, isIn, numberToTap, reads, sees } from "./support/panel.ts";
import { aPerson, withApp, withTelegram } from "./support/people.ts";
import { openWindow, type Window } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// A page asks while there is something to ask, and while somebody can see it. The page's own clock is the test's here, so that minutes
// of silence take no time.

const world = aWorld();
const minutes = 60_000;

/** Somebody whose sign-in waits for Telegram. */
async function aWaitingPage() {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  await withApp(person);
  const window = await openWindow(world);
  await window.page.clock.install();
  window.traffic.forget();
  await window.page.reload();
  await givePassword(window.page, person);
  await numberToTap(window.page);
  return { person, chat, ...window };
}

/** Lets ten minutes pass, and says what was asked in them. */
async function askedLater({ page, traffic }: Pick<Window, "page" | "traffic">) {
  traffic.forget();
  await page.clock.runFor(10 * minutes);
  return traffic.all();
}

test("a sign-in and the tab after it are nine requests, beside asking for the answer, and then nothing is asked any more", async () => {
  const { chat, page, traffic } = await aWaitingPage();
  await tapNumber(page, chat);
  await isIn(page);
  await reads(page, /by Telegram/);
  expect(traffic.count("POST /v1/challenge/complete")).toBe(1);
  const polls = traffic.count("GET /v1/challenge");
  expect(traffic.all().length - polls).toBeLessThanOrEqual(9);
  expect(await askedLater({ page, traffic })).toEqual([]);
});

test("once denied, or given up, nothing is asked any more", async () => {
  const { person, chat, page, traffic } = await aWaitingPage();
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  expect(await askedLater({ page, traffic })).toEqual([]);
  await button(page, "Start again").click();
  await givePassword(page, person);
  await numberToTap(page);
  await button(page, "Cancel").click();
  await sees(page, "Sign in");
  expect(await askedLater({ page, traffic })).toEqual([]);
});

test("while nobody sees the page it asks nothing, and at once when somebody does again", async () => {
  const { chat, page, traffic } = await aWaitingPage();
  expect(await askedLater({ page, traffic })).toContain("GET /v1/challenge");
  await look(page, "hidden");
  expect(await askedLater({ page, traffic })).toEqual([]);
  const sent = await messages(chat);
  const asked = page.waitForResponse(/\/v1\/challenge$/);
  await look(page, "visible");
  await asked;
  expect(traffic.count("POST /v1/challenge/telegram")).toBe(0);
  expect(await messages(chat)).toBe(sent);
  await tapNumber(page, chat);
  await isIn(page);
});

test("the Security tab asks only while a link to the bot is out, and somebody sees it", async () => {
  const person = await aPerson(world);
  const { page, traffic } = await openWindow(world);
  await page.clock.install();
  await page.reload();
  await givePassword(page, person);
  await isIn(page);
  await reads(page, /by password/);
  expect(await askedLater({ page, traffic })).toEqual([]);
  await button(page, "Launch: Telegram").click();
  await button(page, "Continue").click();
  await sees(page, "Open the bot in Telegram");
  expect(await askedLater({ page, traffic })).not.toEqual([]);
  await look(page, "hidden");
  expect(await askedLater({ page, traffic })).toEqual([]);
  const asked = page.waitForResponse(/\/v1\/telegram\/links\//);
  await look(page, "visible");
  await asked;
  await button(page, "Cancel").click();
  expect(await askedLater({ page, traffic })).toEqual([]);
});

/** Puts another tab before this one, or takes it away: a browser without a screen hides none by itself. */
const look = (page: Page, state: "hidden" | "visible"): Promise<unknown> =>
  page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    return document.dispatchEvent(new Event("visibilitychange"));
  }, state);
