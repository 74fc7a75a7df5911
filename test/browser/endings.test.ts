import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { planFaults } from "../local/support/phones.ts";
import { deny, tapNumber, tapWrongNumber } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
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
  withTelegram,
  type Person,
} from "./support/people.ts";
import { comeBack, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Every way in which a second step can end without a session, in its own words, and the way on from there.

const world = aWorld();

/** An ending has been read: back to the form, with nobody signed in. */
async function startsAgain(page: Page, person: Person): Promise<void> {
  expect(await sessionsOf(person)).toBe(0);
  await button(page, "Start again").click();
  await sees(page, "Sign in");
  await page.reload();
  await sees(page, "Sign in");
}

test("denied in Telegram, and then the right account confirms", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await numberToTap(page);
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  await page.reload();
  await sees(page, "Somebody said it was not them");
  await startsAgain(page, person);
  await givePassword(page, person);
  await tapNumber(page, chat);
  await isIn(page);
});

test("a wrong number is a denial, and after two of them nobody is asked for a while", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  await withApp(person);
  const { page } = await openWindow(world);
  for (let n = 0; n < 2; n += 1) {
    await givePassword(page, person);
    await tapWrongNumber(page, chat);
    await sees(page, "Somebody said it was not them");
    await startsAgain(page, person);
  }
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  await button(page, "Confirm in Telegram").click();
  await reads(page, /^There were several requests a short while ago/);
});

test("expired after ten minutes, whatever was done meanwhile", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  await advance(world.url, 500);
  await comeBack(page);
  await reads(page, /^Time left to confirm: 1 min/);
  const [wrong = ""] = await app.wrong(1);
  await codeField(page).fill(wrong);
  await reads(page, "This code does not fit. 4 tries left.");
  await advance(world.url, 110);
  await sees(page, "That took too long");
  await startsAgain(page, person);
});

test("locked after five wrong codes, then paused, and after the pause the right one fits", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  const wrong = await app.wrong(5);
  for (const [number, code] of wrong.entries()) {
    await codeField(page).fill(code);
    // The last one is not sent by itself: a slip would cost the sign-in.
    if (number === 4) await button(page, "Confirm").click();
    else await reads(page, `This code does not fit. ${4 - number} tr`);
  }
  await sees(page, "Too many wrong codes");
  await startsAgain(page, person);

  // The service's time comes late, after the answer to the code; how long the pause is is said all the same.
  const answered = page.waitForResponse(/\/v1\/challenge\/totp$/);
  const late = (route: Route) => answered.then(() => route.fallback());
  await page.route("**/v1/time", late, { times: 1 });
  await givePassword(page, person);
  const right = await app.code();
  await codeField(page).fill(right);
  await reads(page, /^Too many wrong codes. You can type the next one in/);
  expect(await button(page, "Confirm").getAttribute("aria-disabled")).toBe("true");
  await advance(world.url, 60);
  await comeBack(page);
  // Until the page has read the time, it thinks that codes rest.
  await button(page, "Confirm").and(page.locator("[aria-disabled=false]")).waitFor();
  await codeField(page).fill(await app.code());
  await isIn(page);
});

test("a phone whose clock is slow is told by how much", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await codeField(page).fill(await app.codeAt(-150));
  await reads(page, /^Your phone’s clock is [23] min( 30 sec)? slow$/);
  await reads(page, /Time correction for codes/);
});

test("no way is left by phone where neither calls nor SMS can be sent; another way lets in", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  await withPhone(person);
  const { page } = await openWindow(world);
  await planFaults(world.url, { always: { calls: "no_money", sms: "spend_limit" } });
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  await button(page, "Call me").click();
  await reads(page, /^No more calls or messages for this sign-in/);
  await planFaults(world.url, { always: { calls: null, sms: null } });
  await button(page, "Code from an authenticator app").click();
  await codeField(page).fill(await app.code());
  await isIn(page);
});

test("given up here, the form is back, and nothing is asked of the challenge any more", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  await button(page, "Cancel").click();
  await sees(page, "Sign in");
  expect(traffic.count("DELETE /v1/challenge")).toBe(1);
  await page.reload();
  await sees(page, "Sign in");
});

test("a session that was ended elsewhere ends the panel with it", async () => {
  const person = await aPerson(world);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await isIn(page);
  expect((await person.elsewhere.send("DELETE", "/v1/sessions")).status).toBe(204);
  await button(page, "Launch: Authenticator app").click();
  await button(page, "Continue").click();
  await reads(page, "You are signed out.");
  await sees(page, "Sign in");
});
