import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  codeField,
  givePassword,
  isIn,
  numberToTap,
  reads,
  sees,
  signOut,
} from "./support/panel.ts";
import { advance } from "../local/support/stack.ts";
import { aPerson, withApp, withPhone } from "./support/people.ts";
import { paste, takePhone, type PhoneInHand } from "./support/phone.ts";
import { placed } from "./support/placed.ts";
import { comeBack, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Every method from the first click in the Security tab to the next sign-in, with the page of devices as the other hand.

const world = aWorld();

/** Somebody signed in by password alone, with a phone in the hand. */
async function aDesk() {
  const person = await aPerson(world);
  const { page } = await openWindow(world);
  const hand = await takePhone(world);
  return { person, page, hand };
}

test("Telegram: linked by its link, then a tap on the number that the page shows lets in", async () => {
  const { person, page, hand } = await aDesk();
  await givePassword(page, person);
  await sees(page, "2-step authentication is off");
  await button(page, "Launch: Telegram").click();
  await reads(page, "All active sessions end, except this one.");
  await button(page, "Continue").click();
  const link = await page.getByRole("link", { name: "Open the bot" }).getAttribute("href");
  await paste(hand, link ?? "");
  await reads(page, "Ann answered in Telegram.");
  await button(page, "Yes, link it").click();
  await reads(page, "Telegram is linked and on.");
  await sees(page, "2-step authentication is on");

  await signOut(page);
  await givePassword(page, person);
  const number = await numberToTap(page);
  await hand.phone.getByRole("button", { name: number, exact: true }).click();
  await isIn(page);
  await reads(page, /by Telegram/);
});

test("authenticator app: set up by its key, then its code lets in", async () => {
  const { person, page, hand } = await aDesk();
  await givePassword(page, person);
  await setUpApp(page, hand);

  await signOut(page);
  await givePassword(page, person);
  await codeField(page).fill((await hand.codes()).next);
  await isIn(page);
  await reads(page, /by authenticator app/);
});

async function setUpApp(page: Page, hand: PhoneInHand): Promise<void> {
  await button(page, "Launch: Authenticator app").click();
  await page.getByLabel("Name of the device").fill("Ann’s phone");
  await button(page, "Continue").click();
  const key = await page.locator("code.key").innerText();
  await hand.open("Codes");
  await hand.phone.getByLabel("Key or otpauth link").fill(key);
  await hand.phone.getByRole("button", { name: "Add" }).click();
  await page.getByLabel("Code that the app shows").fill((await hand.codes()).now);
  await button(page, "Confirm").click();
  await reads(page, "The authenticator app is on.");
}

test("phone: the number is called, and at the next sign-in its last four digits let in", async () => {
  const { person, page, hand } = await aDesk();
  await givePassword(page, person);
  await setUpApp(page, hand);
  await button(page, "Launch: Phone").click();
  await page.getByLabel("Phone number").fill(hand.number);
  await button(page, "Call me").click();
  await sees(page, /^We are calling/);
  await page.getByLabel("Four digits of the call").fill(await hand.calledFrom());
  await button(page, "Confirm").click();
  await reads(page, "The number is confirmed.");

  await signOut(page);
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  await button(page, "Call me").click();
  await sees(page, /^We are calling \+380/);
  await codeField(page).fill(await hand.calledFrom());
  await isIn(page);
  await reads(page, /by call/);
});

test("three calls are lost, one after the other, and then the code of an SMS lets in", async () => {
  const { person, page, hand } = await aDesk();
  await withApp(person);
  await withPhone(person, hand.number);
  const calls = hand.page.getByRole("group", { name: "Calls" });
  await calls.getByLabel("none arrives").click();
  await hand.page.getByText("Calls: none arrives").waitFor();
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  await placed(world, person, () => button(page, "Call me").click());
  for (const next of ["Call again", "Call again"]) {
    // Half-way between the time when the person may ask and the time when the next one comes by itself.
    await advance(world.url, 20);
    await comeBack(page);
    await placed(world, person, () => button(page, next).click());
  }
  await advance(world.url, 20);
  await comeBack(page);
  await button(page, "Send an SMS instead").click();
  await sees(page, "We have sent you an SMS");
  // The page shows what the stack says: news of the SMS may draw it once more before the answer to this.
  await calls.getByLabel("get through").click();
  await hand.page.getByText("Calls: none arrives").waitFor({ state: "hidden" });
  await hand.open("SMS");
  const sms = hand.phone.getByRole("button", { name: /^Copy \d{6}$/ });
  await codeField(page).fill((await sms.innerText()).replace(/\D/g, ""));
  await isIn(page);
  await reads(page, /by SMS/);
  await hand.open("Calls");
  // The one that confirmed the number.
  expect(await hand.phone.getByText(/^missed call/).count()).toBe(1);
});

test("recovery codes: shown once, kept, and each of them lets in once", async () => {
  const { person, page } = await aDesk();
  await withApp(person);
  const app = await withApp(person);
  await givePassword(page, person);
  await codeField(page).fill(await app.code());
  await button(page, "Create codes").click();
  await button(page, "Continue").click();
  const code = await page.locator("ol.codes code").first().innerText();
  await button(page, "Done").click({ force: true });
  // The tick comes first, and has the focus.
  await page.keyboard.press("Space");
  await button(page, "Done").click();
  await reads(page, "10 codes left");
  expect(await page.getByText(code).count()).toBe(0);

  const enter = async () => {
    await signOut(page);
    await givePassword(page, person);
    await button(page, "Recovery code").click();
    await codeField(page).fill(code.toUpperCase().replace("-", " "));
    await button(page, "Confirm").click();
  };
  await enter();
  await isIn(page);
  await reads(page, "9 codes left");
  await enter();
  await reads(page, "This code has been used already. Take the next one on your list.");
});
