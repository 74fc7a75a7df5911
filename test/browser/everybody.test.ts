import { expect, test } from "vitest";
import { codeField, givePassword, isIn, reads, sees } from "./support/panel.ts";
import { aPerson, withApp } from "./support/people.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

const world = aWorld();

test("a sign-in with an app takes no mouse", async () => {
  const person = await aPerson(world);
  const app = await withApp(person);
  const { page } = await openWindow(world);
  await page.getByLabel("Email").waitFor();
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
