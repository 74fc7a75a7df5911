import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { aPerson as aTelegramUser } from "../local/support/people.ts";
import { aPhone } from "../local/support/phones.ts";
import { anApp } from "./support/app.ts";
import { openBot, tapNumber } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
import { loseAnswer } from "./support/lost-answer.ts";
import { button, codeField, givePassword, isIn, reads, sees } from "./support/panel.ts";
import { aPerson, sessionsOf, withApp, withPhone, withTelegram } from "./support/people.ts";
import { openSecurityTab } from "./support/security-tab.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// A change in the Security tab that was made, and whose answer was lost on its way to the page.

const world = aWorld();
const noAnswer = /^No answer. Check your connection and try again/;

/** It is said that no answer came. */
async function lose(page: Page, name: string, request: string, status: number) {
  const lost = await loseAnswer(page, request);
  // Where what opened the step has the same name, it comes first.
  await button(page, name).last().click();
  expect(await lost.status).toBe(status);
  await reads(page, noAnswer);
}

/** It is said that no answer came, and the same button gets the same answer: nothing is typed again, and nothing is said any more. */
async function onceMore(page: Page, name: string, request: string, status: number) {
  await lose(page, name, request, status);
  const again = page.waitForResponse((response) => response.request().method() !== "GET");
  await button(page, name).last().click();
  expect((await again).status()).toBe(status);
  await page.getByText(noAnswer).waitFor({ state: "detached" });
}

test("an app set up, and confirmed: there is one app, and its codes let in", async () => {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  await button(page, "Launch: Authenticator app").click();
  await page.getByLabel("Name of the device").fill("Tablet");
  await onceMore(page, "Continue", "POST /v1/totp", 201);
  const key = await page.locator("code.key").innerText();
  const app = anApp(world.url, key.replaceAll(" ", ""));
  await page.getByLabel("Code that the app shows").fill(await app.code());
  await onceMore(page, "Confirm", "POST /v1/totp/*/confirm", 200);
  await reads(page, "The authenticator app is on.");
  expect(await page.getByText("Tablet", { exact: true }).count()).toBe(1);

  await button(page, "Sign out").click();
  await givePassword(page, person);
  await codeField(page).fill(await app.code());
  await isIn(page);
});

test("Telegram linked: linked once, and on", async () => {
  const person = await aPerson(world);
  const chat = await aTelegramUser(world.url);
  const { page } = await openSecurityTab(world, person);
  await button(page, "Launch: Telegram").click();
  await onceMore(page, "Continue", "POST /v1/telegram", 201);
  const link = await page.getByRole("link", { name: "Open the bot" }).getAttribute("href");
  await openBot(chat, link ?? "");
  await reads(page, "Ann (@ann) answered in Telegram.");
  await onceMore(page, "Yes, link it", "POST /v1/telegram/links/*/confirm", 200);
  await reads(page, "Telegram is linked and on.");
  expect(await page.getByText("Ann (@ann)", { exact: true }).count()).toBe(1);
});

test("a number confirmed: there is one number, and it was called once", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await button(page, "Launch: Phone").click();
  const number = "+380509000001";
  await page.getByLabel("Phone number").fill(number);
  await button(page, "Call me").click();
  await sees(page, /^We are calling/);
  const phone = aPhone(world.url, number);
  await page.getByLabel("Four digits of the call").fill(await phone.called(1));
  await onceMore(page, "Confirm", "POST /v1/phones/*/confirm", 200);
  await reads(page, "The number is confirmed.");
  expect(await page.getByText(/^\+380/).count()).toBe(1);
  expect(await phone.calls()).toHaveLength(1);
});

test("recovery codes made: those that are shown are those that work", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await button(page, "Create codes").click();
  await onceMore(page, "Continue", "POST /v1/recovery-codes", 201);
  const code = await page.locator("ol.codes code").first().innerText();
  await page.getByLabel("I have saved them").check();
  await button(page, "Done").click();

  await button(page, "Sign out").click();
  await givePassword(page, person);
  await button(page, "Recovery code").click();
  await codeField(page).fill(code);
  await page.keyboard.press("Enter");
  await isIn(page);
  await reads(page, "9 codes left");
});

test("confirmed again that it is you: what was begun goes on, and is done once", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page, traffic } = await openSecurityTab(world, person, await app.code());
  await advance(world.url, 11 * 60);
  await button(page, "Create codes").click();
  await button(page, "Continue").click();
  await page.getByLabel("Your password").fill(person.password);
  await onceMore(page, "Confirm", "POST /v1/reauthentication", 200);
  await sees(page, "Enter the code from your app");
  traffic.forget();
  const lost = await loseAnswer(page, "POST /v1/challenge/totp");
  await codeField(page).fill(await app.code());
  expect(await lost.status).toBe(200);
  await sees(page, "You see these codes only now");
  expect(traffic.count("POST /v1/challenge/totp")).toBe(1);
  expect(traffic.count("POST /v1/recovery-codes")).toBe(1);
});

/** Somebody without a second step, who is asked for the password before an app can be set up. */
async function askedForPassword() {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  await advance(world.url, 11 * 60);
  await button(page, "Launch: Authenticator app").click();
  await button(page, "Continue").click();
  await page.getByLabel("Your password").fill(person.password);
  return { person, page };
}

test("the password alone, again: the session is there, and what was begun goes on", async () => {
  const { person, page } = await askedForPassword();
  await onceMore(page, "Confirm", "POST /v1/reauthentication", 200);
  await sees(page, "Scan this code in the app");
  await page.reload();
  await isIn(page);
  expect(await sessionsOf(person)).toBe(1);
});

test("the password alone, and a slip of the hand the second time: that is said, and nobody is signed out", async () => {
  const { person, page } = await askedForPassword();
  await lose(page, "Confirm", "POST /v1/reauthentication", 200);
  await page.getByLabel("Your password").fill("not that one");
  await button(page, "Confirm").click();
  await reads(page, "The password does not match.");
  await page.getByLabel("Your password").fill(person.password);
  await button(page, "Confirm").click();
  await sees(page, "Scan this code in the app");
  await page.reload();
  await isIn(page);
});

test("the password alone, given up and begun anew: it is asked for once more, and nobody is signed out", async () => {
  const { person, page } = await askedForPassword();
  await lose(page, "Confirm", "POST /v1/reauthentication", 200);
  const read = page.waitForResponse("**/v1/security");
  await button(page, "Cancel").click();
  expect((await read).status()).toBe(401);
  await button(page, "Continue").click();
  await page.getByLabel("Your password").fill(person.password);
  await button(page, "Confirm").click();
  await sees(page, "Scan this code in the app");
  await page.reload();
  await isIn(page);
});

test("a number removed: it is gone, and nothing else is", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  await withPhone(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await button(page, "Disable: Phone").click();
  await onceMore(page, "Disable phone", "DELETE /v1/phones/*", 200);
  await button(page, "Launch: Phone").waitFor();
  await sees(page, "2-step authentication is on");
});

test("methods switched off: off, whether it is asked for once more or left alone", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  await withApp(person);
  await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await tapNumber(page, chat);
  await isIn(page);
  await button(page, "Disable: Telegram").click();
  await lose(page, "Disable Telegram", "PUT /v1/telegram", 200);
  await button(page, "Cancel").click();
  await button(page, "Launch: Telegram").click();
  await lose(page, "Launch Telegram", "PUT /v1/telegram", 200);
  // Something else is opened instead.
  await button(page, "Unlink Ann (@ann)").click();
  await button(page, "Disable: Telegram").waitFor();
  await onceMore(page, "Unlink Ann (@ann)", "DELETE /v1/telegram/accounts/*", 200);
  await button(page, "Disable: Authenticator app").click();
  await onceMore(page, "Disable authenticator apps", "DELETE /v1/totp/*", 200);
  await sees(page, "2-step authentication is off");
});

test("signed out: the session is over, and the page does not say that it is not", async () => {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  const lost = await loseAnswer(page, "POST /v1/sign-out");
  await button(page, "Sign out").click();
  expect(await lost.status).toBe(204);
  await reads(page, "The service does not answer, so you may still be signed in.");
  await button(page, "Sign out").click();
  await reads(page, "You are signed out.");
  expect(await sessionsOf(person)).toBe(0);
});
