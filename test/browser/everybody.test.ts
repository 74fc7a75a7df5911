import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  button,
  codeField,
  givePassword,
  isIn,
  numberToTap,
  reads,
  sees,
} from "./support/panel.ts";
import { aPerson, withApp, withPhone, withTelegram } from "./support/people.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

const world = aWorld();

/** Whatever axe finds wrong, and whether anything is wider than the page. */
const faults = async (page: Page): Promise<unknown[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return [
    ...violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
    ...(tooWide ? ["too wide"] : []),
  ];
};

describe.each([
  ["light, on a desk", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
  ["dark, on the smallest phone", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
] as const)("%s", (_, options) => {
  test("every state of a sign-in can be read by everybody, and fits", async () => {
    const person = await aPerson(world);
    await withTelegram(person);
    await withApp(person);
    await withPhone(person);
    const { page } = await openWindow(world, options);
    await sees(page, "Sign in");
    expect(await faults(page)).toEqual([]);
    await givePassword(page, { ...person, password: "not it" });
    await page.getByRole("alert").or(page.locator("[aria-invalid=true]")).first().waitFor();
    expect(await faults(page)).toEqual([]);
    await givePassword(page, person);
    await numberToTap(page);
    expect(await faults(page)).toEqual([]);
    await button(page, "Code from an authenticator app").click();
    await codeField(page).fill("000000");
    await page.locator("[aria-invalid=true]").first().waitFor();
    expect(await faults(page)).toEqual([]);
  });

  test("so can the Security tab, in every language and from right to left", async () => {
    const person = await aPerson(world);
    const { page } = await openWindow(world, options);
    await givePassword(page, person);
    await isIn(page);
    expect(await faults(page)).toEqual([]);
    await button(page, "Launch: Authenticator app").click();
    await button(page, "Continue").click();
    await page.getByRole("img", { name: /QR/ }).waitFor();
    expect(await faults(page)).toEqual([]);
    for (const language of ["uk", "ru"]) {
      await page.evaluate((lang) => (document.documentElement.lang = lang), language);
      await page.locator(`twostep-security [lang=${language}]`).first().waitFor();
      expect(await faults(page)).toEqual([]);
    }
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    expect(await faults(page)).toEqual([]);
  });
});

test("a sign-in with an app takes no mouse", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await sees(page, "Sign in");
  const press = (key: string) => page.keyboard.press(key);
  const focused = () =>
    page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.getAttribute("name") ?? at?.tagName ?? "";
    });
  for (let n = 0; n < 12 && !/mail/i.test(await focused()); n += 1) await press("Tab");
  await page.keyboard.type(person.email);
  for (let n = 0; n < 4 && !/password/i.test(await focused()); n += 1) await press("Tab");
  await page.keyboard.type(person.password);
  await press("Enter");
  await sees(page, "Enter the code from your app");
  for (let n = 0; n < 6 && (await focused()) !== "code"; n += 1) await press("Tab");
  await page.keyboard.type(await app.code());
  await isIn(page);
});

test("offline, what was typed stays, and when the line is back the code lets in", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { context, page } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  const code = await app.code();
  await context.setOffline(true);
  await codeField(page).fill(code);
  await reads(page, /cannot reach|No answer/i);
  expect(await codeField(page).inputValue()).toContain(code.slice(0, 3));
  await context.setOffline(false);
  await isIn(page);
});

test("with the server down the page says so, keeps what was typed, and the sign-in is still there when it is back", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await givePassword(page, person);
  await sees(page, "Enter the code from your app");
  const unavailable = { code: "unavailable", retryAfter: 1, status: 503 };
  await page.route("**/v1/**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      headers: { "retry-after": "1" },
      body: JSON.stringify(unavailable),
    }),
  );
  const code = await app.code();
  await codeField(page).fill(code);
  await reads(page, /cannot answer|cannot reach|try again/i);
  expect(await codeField(page).inputValue()).toContain(code.slice(0, 3));
  await page.unroute("**/v1/**");
  await page.reload();
  await sees(page, "Enter the code from your app");
  await codeField(page).fill(code);
  await isIn(page);
});
