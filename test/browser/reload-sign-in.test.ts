import { expect, test } from "vitest";
import { planFaults } from "../local/support/phones.ts";
import { messages, tapNumber } from "./support/chat.ts";
import { advance } from "../local/support/stack.ts";
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
import { aPerson, sessionsOf, withApp, withPhone, withTelegram } from "./support/people.ts";
import { placed } from "./support/placed.ts";
import { comeBack, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// A reload at any moment: the sign-in goes on where it was, and nobody is asked, called or written to again.

const world = aWorld();

test("while Telegram is asked, and while a tap is exchanged: the same number, one message, one session", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { page, traffic } = await openWindow(world);
  await givePassword(page, person);
  const number = await numberToTap(page);
  await reads(page, "Sent to Ann (@ann)");
  for (let times = 0; times < 2; times += 1) {
    await page.reload();
    expect(await numberToTap(page)).toBe(number);
  }
  // The greeting, and one request.
  expect(await messages(chat)).toBe(2);
  expect(traffic.all().filter((request) => !request.startsWith("GET "))).toEqual([
    "POST /v1/sign-in",
  ]);
  const lost = await loseAnswer(page, "POST /v1/challenge/complete", "silent");
  await tapNumber(page, chat);
  expect(await lost.status).toBe(200);
  await page.reload();
  await isIn(page);
  await page.reload();
  await isIn(page);
  expect(await sessionsOf(person)).toBe(1);
});

test("after a wrong code, as many are left as before; in the middle of the right one's request, its session comes", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  const [first = "", second = ""] = await app.wrong(2);
  await codeField(page).fill(first);
  await reads(page, "This code does not fit. 4 tries left.");
  await page.reload();
  await codeField(page).fill(second);
  await reads(page, "This code does not fit. 3 tries left.");
  const lost = await loseAnswer(page, "POST /v1/challenge/totp", "silent");
  await codeField(page).fill(await app.code());
  expect(await lost.status).toBe(200);
  await page.reload();
  await isIn(page);
  expect(await sessionsOf(person)).toBe(1);
});

test("at every step by phone, the same step is there, and nothing goes out that was not asked for", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const phone = await withPhone(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await button(page, "Call or SMS to a phone").click();
  await page.reload();
  await sees(page, "Get a code by phone");
  await placed(world, person, () => button(page, "Call me").click());
  await page.reload();
  await sees(page, /^We are calling/);
  await planFaults(world.url, { always: { calls: "no_money" } });
  await advance(world.url, 20);
  await comeBack(page);
  await button(page, "Call again").click();
  await sees(page, "We have sent you an SMS");
  await planFaults(world.url, { always: { calls: null } });
  await page.reload();
  await sees(page, "We have sent you an SMS");
  await codeField(page).fill(await phone.texted(1));
  await isIn(page);
  // The first call confirmed the number.
  expect(await phone.calls()).toHaveLength(2);
  expect(await phone.sms()).toHaveLength(1);
});
