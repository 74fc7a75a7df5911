import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { aPerson as aTelegramUser } from "../local/support/people.ts";
import { aPhone } from "../local/support/phones.ts";
import { anApp } from "./support/app.ts";
import { openBot } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
import { button, codeField, isIn, reads, sees } from "./support/panel.ts";
import { aPerson, withApp } from "./support/people.ts";
import { openSecurityTab } from "./support/security-tab.ts";
import { aWorld } from "./support/world.ts";

// A reload in the middle of a change: nothing is half made, and it can be begun again at once.

const world = aWorld();

/** Reloads, and begins again with this button. */
async function beginAgain(page: Page, name: string) {
  await page.reload();
  await isIn(page);
  await button(page, name).click();
}

test("an authenticator app: nothing is on until its code came, and the code is that of the key shown last", async () => {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  const shownKey = async () => {
    await button(page, "Continue").click();
    return (await page.locator("code.key").innerText()).replaceAll(" ", "");
  };
  const confirm = async (code: string) => {
    await page.getByLabel("Code that the app shows").fill(code);
    await button(page, "Confirm").click();
  };
  await button(page, "Launch: Authenticator app").click();
  await page.getByLabel("Name of the device").fill("Tablet");
  await beginAgain(page, "Launch: Authenticator app");
  const first = anApp(world.url, await shownKey());
  await beginAgain(page, "Launch: Authenticator app");
  const app = anApp(world.url, await shownKey());
  await confirm(await first.code());
  await reads(page, /^The code does not match/);
  await confirm(await app.code());
  await reads(page, "The authenticator app is on.");
  // Asked whether to switch it off, and not answered.
  await beginAgain(page, "Disable: Authenticator app");
  await beginAgain(page, "Disable: Authenticator app");
});

test("Telegram: nobody is linked until it was confirmed, and the link that was shown first leads nowhere", async () => {
  const person = await aPerson(world);
  const chat = await aTelegramUser(world.url);
  const other = await aTelegramUser(world.url, { name: "Eve", username: "eve", language: "en" });
  const { page } = await openSecurityTab(world, person);
  const shownLink = async () => {
    await button(page, "Continue").click();
    return (await page.getByRole("link", { name: "Open the bot" }).getAttribute("href")) ?? "";
  };
  await button(page, "Launch: Telegram").click();
  const first = await shownLink();
  await openBot(other, first);
  await reads(page, "Eve (@eve) answered in Telegram.");
  await beginAgain(page, "Launch: Telegram");
  const second = await shownLink();
  await openBot(other, first);
  await openBot(chat, second);
  await reads(page, "Ann (@ann) answered in Telegram.");
  await button(page, "Yes, link it").click();
  await reads(page, "Telegram is linked and on.");
  await page.reload();
  await button(page, "Unlink Ann (@ann)").waitFor();
  expect(await page.getByText("Eve (@eve)").count()).toBe(0);
});

test("a phone number: it is said when it can be called again, and then it is", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const number = "+380509100001";
  const phone = aPhone(world.url, number);
  const { page } = await openSecurityTab(world, person, await app.code());
  const call = async () => {
    await page.getByLabel("Phone number").fill(number);
    await button(page, "Call me").click();
  };
  await button(page, "Launch: Phone").click();
  await call();
  await phone.called(1);
  await beginAgain(page, "Launch: Phone");
  await call();
  await reads(page, /^Not yet. Try again in \d+ seconds?.$/);
  await advance(world.url, 20);
  await button(page, "Call me").click();
  await sees(page, /^We are calling/);
  await page.getByLabel("Four digits of the call").fill(await phone.called(2));
  await button(page, "Confirm").click();
  await reads(page, "The number is confirmed.");
});

test("recovery codes: those that were shown are gone from the page and count, until new ones are made", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await button(page, "Create codes").click();
  await button(page, "Continue").click();
  const code = await page.locator("ol.codes code").first().innerText();
  await beginAgain(page, "Create new codes");
  await reads(page, "10 codes left");
  expect(await page.getByText(code).count()).toBe(0);
  await reads(page, "The codes that you have now stop working.");
});

test("a re-authentication: the session is still there, and whoever asks again is asked again", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await advance(world.url, 11 * 60);
  const ask = async () => {
    await button(page, "Continue").click();
    await page.getByLabel("Your password").fill(person.password);
  };
  await button(page, "Create codes").click();
  await ask();
  await beginAgain(page, "Create codes");
  await ask();
  await button(page, "Confirm").click();
  await sees(page, "Enter the code from your app");
  await beginAgain(page, "Create codes");
  await ask();
  await button(page, "Confirm").click();
  await codeField(page).fill(await app.code());
  await sees(page, "You see these codes only now");
});
