import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { tapNumber } from "./support/chat.ts";
import { linkOf } from "./support/host.ts";
import { inspect } from "./support/inspect.ts";
import {
  button,
  codeField,
  givePassword,
  isIn,
  numberToTap,
  reads,
  sees,
} from "./support/panel.ts";
import { aPerson, sessionsOf, withApp, withTelegram, type Person } from "./support/people.ts";
import { openTab, openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

// Login CSRF: somebody sends a link to a challenge of their own account, approves it, and waits for what is added to it.

const world = aWorld();

const question = "Sign in to another account?";
const isInAs = async (page: Page, { email }: Person) => {
  await isIn(page);
  expect(await page.locator("#mail").innerText()).toBe(email);
};
const follow = async (context: BrowserContext, path: string) =>
  (await openTab(context, world.url + path)).page;
const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.textContent.trim();
  });

/** An attacker with Telegram and a victim who is signed in. */
async function aScene() {
  const [attacker, victim] = [await aPerson(world), await aPerson(world)];
  const chat = await withTelegram(attacker);
  const { context, page } = await openWindow(world);
  await givePassword(page, victim);
  await isIn(page);
  return { attacker, victim, chat, context, page };
}

test("a link of another account asks, and who stays keeps their session and their page", async () => {
  const { attacker, victim, context, page } = await aScene();
  const link = await follow(context, await linkOf(attacker));
  await sees(link, question);
  await reads(
    link,
    `This link signs you in as ${attacker.email}. Now you are signed in as ${victim.email} in this browser.`,
  );
  expect(await focused(link)).toBe(`Stay signed in as ${victim.email}`);
  await inspect(link, "another session");
  await link.reload();
  await sees(link, question);
  // Whoever presses Enter without reading stays.
  await link.keyboard.press("Enter");
  await isInAs(link, victim);
  expect(new URL(link.url()).hash).toBe("");
  await page.reload();
  await isInAs(page, victim);
  expect(await sessionsOf(victim)).toBe(1);
  expect(await sessionsOf(attacker)).toBe(0);
});

test("who agrees goes on with the link, and is signed in as the other one", async () => {
  const { attacker, victim, chat, context } = await aScene();
  const link = await follow(context, await linkOf(attacker));
  await button(link, `Sign in as ${attacker.email}`).click();
  await reads(link, `Signing in as ${attacker.email}`);
  await tapNumber(link, chat);
  await isInAs(link, attacker);
  expect(await sessionsOf(victim)).toBe(0);
});

/** Signs in by another page of the site, which leaves the challenge of this browser alone. */
async function signInElsewhere(page: Page, { email, password }: Person): Promise<void> {
  const status = await page.evaluate(
    async (given) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(given);
      return (await fetch("/v1/sign-in", { method: "POST", headers, body })).status;
    },
    { email, password },
  );
  expect(status).toBe(200);
}

describe("a link that was open before somebody signed in, and is approved by who sent it,", () => {
  const aSceneWithAnOpenLink = async () => {
    const [attacker, victim] = [await aPerson(world), await aPerson(world)];
    const chat = await withTelegram(attacker);
    const { context, page: link } = await openWindow(world, { path: await linkOf(attacker) });
    await numberToTap(link);
    await signInElsewhere(link, victim);
    await tapNumber(link, chat);
    await sees(link, question);
    expect(await focused(link)).toBe(`Stay signed in as ${victim.email}`);
    return { attacker, victim, context, link };
  };

  test("asks, and lets who stays have their page", async () => {
    const { attacker, victim, context, link } = await aSceneWithAnOpenLink();
    await inspect(link, "another session approved");
    await button(link, `Stay signed in as ${victim.email}`).click();
    await isInAs(link, victim);
    await link.reload();
    await isInAs(link, victim);
    await isInAs(await follow(context, "/"), victim);
    expect(await sessionsOf(attacker)).toBe(0);
  });

  test("signs in who agrees", async () => {
    const { attacker, victim, link } = await aSceneWithAnOpenLink();
    await button(link, `Sign in as ${attacker.email}`).click();
    await isInAs(link, attacker);
    expect(await sessionsOf(victim)).toBe(0);
  });
});

test("who says that a link is not theirs is sent back to where it came from", async () => {
  const person = await aPerson(world);
  await withApp(person);
  const { page } = await openWindow(world, { path: await linkOf(person) });
  await reads(page, `Signing in as ${person.email}`);
  await inspect(page, "whose");
  await button(page, "Not you?").click();
  await sees(page, "This link does not work any more");

  const returnTo = `${world.url}/?at=profile`;
  const again = await openWindow(world, { path: await linkOf(person, { returnTo }) });
  await button(again.page, "Not you?").click();
  await again.page.waitForURL(`${returnTo}&twostep=cancelled`);
});

test("whose sign-in it is stands on the page, and another one begins with an empty form", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await reads(page, `Signing in as ${person.email}`);
  await sees(page, "Enter the code from your app");
  await button(page, "Not you?").click();
  await sees(page, "Sign in");
  expect(await page.getByLabel("Email").inputValue()).toBe("");
  await givePassword(page, person);
  await codeField(page).fill(await app.code());
  await isIn(page);
});
