import { test } from "vitest";
import { planFaults } from "../local/support/phones.ts";
import { deny } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
import { inspect } from "./support/inspect.ts";
import { button, codeField, givePassword, reads, sees } from "./support/panel.ts";
import { aPerson, withApp, withPhone, withRecoveryCodes, withTelegram } from "./support/people.ts";
import { placed } from "./support/placed.ts";
import { comeBack, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Every state of a sign-in: accessible, readable and in the window, in light and dark, wide and narrow.

const world = aWorld();

test("mail and password", async () => {
  const person = await aPerson(world);
  const { page } = await openWindow(world);
  await sees(page, "Sign in");
  await inspect(page, "form");
  await button(page, "Sign in").click();
  await reads(page, "Please type your email and your password.");
  await inspect(page, "form incomplete");
  const password = "not that one";
  await givePassword(page, { ...person, password });
  await reads(page, "Email and password do not match. Please check both.");
  await button(page, "Show: Password").click();
  await inspect(page, "form wrong");
  for (let tries = 0; tries < 5; tries += 1) {
    await person.elsewhere.send("POST", "/v1/sign-in", { email: person.email, password });
  }
  await button(page, "Sign in").click();
  await reads(page, /^Too many tries/);
  await inspect(page, "form paused");
  await page.goto(`${world.url}/#challenge=a`);
  await page.reload();
  await sees(page, "This link does not work any more");
  await inspect(page, "link over");
});

test("Telegram", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const blocking = await withTelegram(person, "Grace");
  await blocking.block(true);
  await withApp(person);
  await withRecoveryCodes(person);
  const { context, page } = await openWindow(world);
  await givePassword(page, person);
  await reads(page, "Not delivered to Grace (@grace)");
  await inspect(page, "telegram");
  await context.setOffline(true);
  await reads(page, "We cannot reach the service. Trying again…");
  await inspect(page, "telegram offline");
  await context.setOffline(false);
  await reads(page, "The connection is back.");
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  await inspect(page, "denied");

  await chat.block(true);
  await button(page, "Start again").click();
  await givePassword(page, person);
  await reads(page, "Not delivered to Ann (@ann)");
  await reads(page, /^The message did not get through/);
  await advance(world.url, 40);
  await comeBack(page);
  await button(page, "Ask again").waitFor();
  await inspect(page, "telegram nobody reached");
  await chat.block(false);
  await button(page, "Ask again").click();
  await reads(page, "Sent to Ann (@ann)");
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  await button(page, "Start again").click();
  await givePassword(page, person);
  await button(page, "Confirm in Telegram").click();
  await reads(page, /^There were several requests/);
  await inspect(page, "telegram resting");
});

test("a code of an authenticator app", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  await inspect(page, "totp");
  await codeField(page).fill(await app.codeAt(-150));
  await reads(page, /^Your phone’s clock is/);
  await inspect(page, "totp clock");
  for (const [number, code] of (await app.wrong(4)).entries()) {
    await codeField(page).fill(code);
    if (number < 3) await reads(page, `This code does not fit. ${3 - number} tr`);
  }
  await button(page, "Confirm").click();
  await sees(page, "Too many wrong codes");
  await inspect(page, "locked");
  await button(page, "Start again").click();
  await givePassword(page, person);
  await codeField(page).fill("000000");
  await reads(page, /^Too many wrong codes. You can type/);
  await inspect(page, "totp paused");
  await advance(world.url, 500);
  await comeBack(page);
  await reads(page, /^Time left to confirm/);
  await inspect(page, "totp time left");
  await advance(world.url, 120);
  await sees(page, "That took too long");
  await inspect(page, "expired");
});

test("a call, and an SMS", async () => {
  const person = await aPerson(world);
  await withApp(person);
  await withPhone(person);
  await withPhone(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  await sees(page, "Get a code by phone");
  await inspect(page, "phone pick");
  await placed(world, person, () => button(page, "Call me").click());
  await inspect(page, "phone call");
  await codeField(page).fill("0000");
  await reads(page, /^These digits do not fit/);
  await inspect(page, "phone wrong");
  await button(page, "Use another number").click();
  await inspect(page, "phone pick again");
  await planFaults(world.url, { always: { calls: "no_money" } });
  await advance(world.url, 30);
  await comeBack(page);
  await button(page, "Call me").click();
  await sees(page, "We have sent you an SMS");
  await inspect(page, "phone sms");
  await planFaults(world.url, { always: { calls: null } });
});
