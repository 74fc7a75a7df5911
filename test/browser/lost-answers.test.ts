import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { messages, tapNumber } from "./support/chat.ts";
import { linkOf } from "./support/host.ts";
import { loseAnswer } from "./support/lost-answer.ts";
import {
  button,
  codeField,
  givePassword,
  isIn,
  numberToTap,
  reads,
  sees,
} from "./support/panel.ts";
import {
  aPerson,
  sessionsOf,
  withApp,
  withPhone,
  withRecoveryCodes,
  withTelegram,
} from "./support/people.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// A request of a sign-in that came, and whose answer did not: the service has done what was asked, and the page cannot know.

const world = aWorld();

test("mail and password, and giving it up: the same button goes on, and the form is back", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const { page } = await openWindow(world);
  const first = await loseAnswer(page, "POST /v1/sign-in");
  await givePassword(page, person);
  await reads(page, "We cannot reach the service. Check the connection and try again.");
  expect(await first.status).toBe(200);
  await button(page, "Sign in").click();
  await sees(page, "Enter the code from your app");
  const second = await loseAnswer(page, "DELETE /v1/challenge");
  await button(page, "Cancel").click();
  expect(await second.status).toBe(204);
  await page.getByLabel("Email").waitFor();
  await page.reload();
  await page.getByLabel("Email").waitFor();
});

test.each([
  ["the page asks again by itself", () => Promise.resolve()],
  ["a reload asks again", (page: Page) => page.reload()],
])("a host's link: %s, and the challenge that it took is there", async (_, then) => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page, traffic } = await openWindow(world);
  const lost = await loseAnswer(page, "POST /v1/challenge/open");
  await page.goto("about:blank");
  await page.goto(world.url + (await linkOf(person)));
  expect(await lost.status).toBe(200);
  await then(page);
  await sees(page, "Enter the code from your app");
  expect(traffic.count("POST /v1/challenge/open")).toBe(2);
  expect(page.url()).not.toContain("challenge=");
  await codeField(page).fill(await app.code());
  await isIn(page);
  expect(await sessionsOf(person)).toBe(1);
});

test("a host's link in the browser of somebody else, who agreed: they are not asked a second time", async () => {
  const [person, other] = [await aPerson(world), await aPerson(world)];
  await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, other);
  await isIn(page);
  await page.goto("about:blank");
  await page.goto(world.url + (await linkOf(person)));
  await sees(page, "Sign in to another account?");
  const lost = await loseAnswer(page, "POST /v1/challenge/open");
  await button(page, `Sign in as ${person.email}`).click();
  expect(await lost.status).toBe(200);
  await sees(page, "Enter the code from your app");
});

test("an app's code: a wrong one is charged once, the right one's session comes by itself, and none is sent again", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  const first = await loseAnswer(page, "POST /v1/challenge/totp");
  const [wrong = ""] = await app.wrong(1);
  await codeField(page).fill(wrong);
  expect(await first.status).toBe(401);
  await reads(page, "This code does not fit. 4 tries left.");
  const second = await loseAnswer(page, "POST /v1/challenge/totp");
  await codeField(page).fill(await app.code());
  expect(await second.status).toBe(200);
  await isIn(page);
  expect(traffic.count("POST /v1/challenge/totp")).toBe(2);
  expect(await sessionsOf(person)).toBe(1);
});

test("a recovery code, asked for again by a reload: one is used, and not two", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const [code = ""] = await withRecoveryCodes(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  await button(page, "Recovery code").click();
  await page.reload();
  await sees(page, "Enter a recovery code");
  const lost = await loseAnswer(page, "POST /v1/challenge/recovery-code");
  await codeField(page).fill(code);
  await page.keyboard.press("Enter");
  expect(await lost.status).toBe(200);
  await isIn(page);
  await reads(page, "9 codes left");
  expect(traffic.count("POST /v1/challenge/recovery-code")).toBe(1);
});

test("a tap's exchange for a session: asked for again, the same session comes", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  await numberToTap(page);
  const lost = await loseAnswer(page, "POST /v1/challenge/complete");
  await tapNumber(page, chat);
  expect(await lost.status).toBe(200);
  await isIn(page);
  expect(traffic.count("POST /v1/challenge/complete")).toBe(2);
  expect(await sessionsOf(person)).toBe(1);
  // The greeting, and one request.
  expect(await messages(chat)).toBe(2);
});

test("a call, and its digits: they are asked for, and nobody is called twice", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const phone = await withPhone(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  const lost = await loseAnswer(page, "POST /v1/challenge/call");
  await button(page, "Call me").click();
  expect(await lost.status).toBe(202);
  await sees(page, /^We are calling/);
  const digits = await phone.called(2);
  const answer = await loseAnswer(page, "POST /v1/challenge/code");
  await codeField(page).fill(digits);
  expect(await answer.status).toBe(200);
  await isIn(page);
  expect(await phone.calls()).toHaveLength(2);
  expect(traffic.count("POST /v1/challenge/code")).toBe(1);
  expect(await sessionsOf(person)).toBe(1);
});
