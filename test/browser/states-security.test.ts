import { test } from "vitest";
import { aPerson as aTelegramUser } from "../local/support/people.ts";
import { aPhone } from "../local/support/phones.ts";
import { anApp } from "./support/app.ts";
import { deny, openBot, tapNumber } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
import { inspect } from "./support/inspect.ts";
import { button, codeField, givePassword, isIn, reads, sees } from "./support/panel.ts";
import { aPerson, withApp, withPhone, withRecoveryCodes, withTelegram } from "./support/people.ts";
import { openSecurityTab } from "./support/security-tab.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Every state of the Security tab, as of a sign-in.

const world = aWorld();

test("with nothing on, and linking Telegram", async () => {
  const { page } = await openSecurityTab(world, await aPerson(world));
  await inspect(page, "tab off");
  await button(page, "Launch: Telegram").click();
  await inspect(page, "link plan");
  await button(page, "Continue").click();
  const link = await page.getByRole("link", { name: "Open the bot" }).getAttribute("href");
  await inspect(page, "link scan");
  const chat = await aTelegramUser(world.url, { name: "Ann", username: "ann", language: "en" });
  await openBot(chat, link ?? "");
  await reads(page, "Ann (@ann) answered in Telegram.");
  await inspect(page, "link answered");
  await button(page, "Yes, link it").click();
  await reads(page, "Telegram is linked and on.");
  await inspect(page, "linked");
});

test("an authenticator app", async () => {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  await button(page, "Launch: Authenticator app").click();
  await inspect(page, "app name");
  await page.getByLabel("Name of the device").fill("x".repeat(41));
  await button(page, "Continue").click();
  await reads(page, "A name has up to 40 plain characters.");
  await page.getByLabel("Name of the device").fill("Phone");
  await button(page, "Continue").click();
  await sees(page, "Scan this code in the app");
  await inspect(page, "app scan");
  const app = anApp(world.url, (await page.locator("code.key").innerText()).replace(/ /g, ""));
  await page.getByLabel("Code that the app shows").fill(await app.codeAt(-150));
  await button(page, "Confirm").click();
  await reads(page, /^The clock of your phone is about/);
  await inspect(page, "app wrong");
  await page.getByLabel("Code that the app shows").fill(await app.code());
  await button(page, "Confirm").click();
  await reads(page, "The authenticator app is on.");
  await inspect(page, "app on");
  await button(page, "Add another").click();
  await button(page, "Continue").click();
  await sees(page, "Scan this code in the app");
  await advance(world.url, 601);
  await page.getByLabel("Code that the app shows").fill("000000");
  await button(page, "Confirm").click();
  // The session is as old as the key by now.
  await page.getByLabel("Your password").fill(person.password);
  await button(page, "Confirm").click();
  await sees(page, "Enter the code from your app");
  await inspect(page, "reauthentication app");
  await codeField(page)
    .last()
    .fill(await app.code());
  await sees(page, "It took too long. Start again.");
  await inspect(page, "app expired");
});

test("a phone number, recovery codes, and the last method with what is left without it", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  const number = "+380508000001";
  await button(page, "Launch: Phone").click();
  await page.getByLabel("Phone number").fill("12");
  await button(page, "Call me").click();
  await reads(page, "Calls do not reach this number. Check it.");
  await inspect(page, "phone number");
  await page.getByLabel("Phone number").fill(number);
  await button(page, "Call me").click();
  await sees(page, /^We are calling/);
  await inspect(page, "phone calling");
  // Before the call is out no code is wrong yet.
  const code = await aPhone(world.url, number).called(1);
  const wrong = code === "0000" ? "1111" : "0000";
  await page.getByLabel("Four digits of the call").fill(wrong);
  await button(page, "Confirm").click();
  await reads(page, /^The code does not match/);
  await inspect(page, "phone calling wrong");
  await page.getByLabel("Four digits of the call").fill(code);
  await button(page, "Confirm").click();
  await reads(page, "The number is confirmed.");

  await button(page, "Create codes").click();
  await inspect(page, "codes plan");
  await button(page, "Continue").click();
  await sees(page, "You see these codes only now");
  await inspect(page, "codes shown");
  await page.getByLabel("I have saved them").check();
  await button(page, "Done").click();

  await button(page, "Disable: Authenticator app").click();
  await inspect(page, "last method");
  await button(page, "Disable authenticator apps").click();
  await sees(page, "2-step authentication is off");
  await inspect(page, "inactive");
});

test("with everything on, and switching it off", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const blocking = await withTelegram(person, "Grace");
  await withApp(person);
  await withApp(person);
  await withPhone(person);
  await withPhone(person);
  await withRecoveryCodes(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await blocking.block(true);
  await tapNumber(page, chat);
  await isIn(page);
  await page.getByText("Show all").click();
  await inspect(page, "tab on");
  for (const [name, state] of [
    ["Disable: Telegram", "telegram disable"],
    ["Unlink Ann (@ann)", "telegram unlink"],
    ["Disable: Authenticator app", "app disable"],
    ["Disable: Phone", "phone disable"],
    ["Create new codes", "codes renew"],
  ] as const) {
    await button(page, name).click();
    await inspect(page, state);
  }
  await button(page, /^End: /)
    .first()
    .click();
  await reads(page, "Ended.");
  await inspect(page, "session ended");
});

test("re-authentication, and a password that is known to somebody else", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await tapNumber(page, chat);
  await isIn(page);
  await advance(world.url, 660);
  await button(page, "Disable: Telegram").click();
  await button(page, "Disable Telegram").click();
  await sees(page, "Confirm that it is you");
  await page.getByLabel("Your password").fill("not that one");
  await button(page, "Confirm").click();
  await reads(page, "The password does not match.");
  await inspect(page, "reauthentication password");
  await page.getByLabel("Your password").fill(person.password);
  await button(page, "Confirm").click();
  await sees(page, /^Tap \d\d in Telegram$/);
  await inspect(page, "reauthentication telegram");
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  await inspect(page, "reauthentication denied");
  await button(page, "Start again").click();
  await button(page, "Change the password").click();
  await page.getByLabel("New password").fill("short");
  await button(page, "Change the password").last().click();
  await sees(page, "Confirm that it is you");
  await inspect(page, "password known");
  await page.getByLabel("Your password").fill(person.password);
  await button(page, "Confirm").click();
  await tapNumber(page, chat);
  await reads(page, "A password has 8 to 256 characters.");
  for (const [password, told] of [
    ["qwertyuiop", "This password is too easy to guess. Choose another one."],
    [person.email, "This is only your mail or the name of this service. Add other words."],
  ] as const) {
    await page.getByLabel("New password").fill(password);
    await button(page, "Change the password").last().click();
    await reads(page, told);
  }
  await inspect(page, "password refused");
});

test("what is not the tab: other parts of the panel, and a service that does not answer", async () => {
  const { page } = await openSecurityTab(world, await aPerson(world));
  await page.getByRole("link", { name: "Profile" }).click();
  await inspect(page, "profile");
  await page.getByRole("link", { name: "Billing" }).click();
  await inspect(page, "scenery");
  await page.route("**/v1/security", (route) => route.abort());
  await page.goto(world.url);
  await reads(page, /^No answer. Check your connection/);
  await inspect(page, "tab unreachable");
  await page.route("**/v1/**", (route) => route.abort());
  await page.reload();
  await sees(page, "The service does not answer");
  await inspect(page, "panel unreachable");
});

test("recent activity, counted, and with what was signed in", async () => {
  const person = await aPerson(world);
  await openSecurityTab(world, person);
  await openSecurityTab(world, person);
  const app = await withApp(person);
  const { page } = await openSecurityTab(world, person, await app.code());
  await reads(page, "Signed in by authenticator app");
  await reads(page, /2 times, the last/);
  await inspect(page, "activity counted");
});
