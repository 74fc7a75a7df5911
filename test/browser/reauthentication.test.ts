import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { deny, tapNumber } from "./support/chat.ts";
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
import { aPerson, withApp, withTelegram, type Person } from "./support/people.ts";
import { openSecurityTab } from "./support/security-tab.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// A change of the methods, more than ten minutes after the last full sign-in.

const world = aWorld();

/** Asks for recovery codes; the session is too old for that. */
async function createCodesLater(page: Page): Promise<void> {
  await isIn(page);
  await advance(world.url, 11 * 60);
  await button(page, "Create codes").click();
  await button(page, "Continue").click();
  await sees(page, "Confirm that it is you");
}

async function confirmPassword(page: Page, { password }: Person): Promise<void> {
  await page.getByLabel("Your password").fill(password);
  await button(page, "Confirm").click();
}

test("with the second step off the password is enough, and what was begun goes on", async () => {
  const person = await aPerson(world);
  const { page } = await openSecurityTab(world, person);
  await advance(world.url, 11 * 60);
  await button(page, "Launch: Authenticator app").click();
  await page.getByLabel("Name of the device").fill("Tablet");
  await button(page, "Continue").click();
  await page.getByLabel("Your password").fill("not that one");
  await button(page, "Confirm").click();
  await reads(page, "The password does not match.");
  await confirmPassword(page, person);
  await sees(page, "Scan this code in the app");
});

test("an app's code confirms it in the tab, and what was begun goes on", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page, traffic } = await openSecurityTab(world, person, await app.code());
  await createCodesLater(page);
  await confirmPassword(page, person);
  await sees(page, "Enter the code from your app");
  const [wrong = ""] = await app.wrong(1);
  await codeField(page).fill(wrong);
  await reads(page, "This code does not fit. 4 tries left.");
  await codeField(page).fill(await app.code());
  await sees(page, "You see these codes only now");
  expect(traffic.count("POST /v1/recovery-codes")).toBe(2);
});

test("a tab that came without the sign-in's module fetches it when it is needed, and only then", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { context, page } = await openWindow(world);
  await givePassword(page, person);
  await tapNumber(page, chat);
  await isIn(page);

  // As a host builds its panel: the sign-in is another page.
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await context.route(`${world.url}/`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script[^>]*twostep-sign-in[^>]*><\/script>/, "");
    await route.fulfill({ response, body });
  });
  await page.reload();
  await createCodesLater(page);
  expect(fetched).not.toContain("/twostep-sign-in.js");
  await confirmPassword(page, person);
  await tapNumber(page, chat);
  await sees(page, "You see these codes only now");
  expect(fetched.filter((path) => path === "/twostep-sign-in.js")).toHaveLength(1);
});

test("denied in Telegram, it ends in words, and the tab says that the password is known", async () => {
  const person = await aPerson(world);
  const chat = await withTelegram(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await tapNumber(page, chat);
  await createCodesLater(page);
  await confirmPassword(page, person);
  await numberToTap(page);
  await deny(chat);
  await sees(page, "Somebody said it was not them");
  await button(page, "Start again").click();
  await sees(page, "Confirm that it is you");
  await reads(page, /^Somebody tried to sign in with your password/);
});

test("given up half way, nothing is changed, and the way is free again", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page, traffic } = await openSecurityTab(world, person, await app.code());
  await createCodesLater(page);
  await confirmPassword(page, person);
  await sees(page, "Enter the code from your app");
  await page.keyboard.press("Escape");
  await sees(page, "Create codes");
  expect(traffic.count("DELETE /v1/challenge")).toBe(1);
  await button(page, "Cancel").click();
  await reads(page, "None made yet");
});
