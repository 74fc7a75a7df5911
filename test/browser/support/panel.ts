import type { Locator, Page } from "playwright-core";
import type { Person } from "./people.ts";

// What people do and see at the panel, in its English.

const heading = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { name });

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: true });

/** Waits until a heading says it. */
export const sees = (page: Page, name: string | RegExp): Promise<void> =>
  // The panel names its page as the element names the form in it.
  heading(page, name).last().waitFor();

/** Waits until it can be read somewhere on the page. */
export const reads = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

/** Types mail and password, and sends them. */
export async function givePassword(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").click();
}

export const isIn = (page: Page): Promise<void> => sees(page, /^2-step authentication is o/);

export async function signOut(page: Page): Promise<void> {
  await button(page, "Sign out").click();
  await reads(page, "You are signed out.");
}

/** The field of a code at the second step. */
export const codeField = (page: Page): Locator => page.locator('input[name="code"]');

/** The number that the page asks to tap. */
export async function numberToTap(page: Page): Promise<string> {
  const said = await heading(page, /^Tap \d\d in Telegram$/).innerText();
  return /\d\d/.exec(said)?.[0] ?? "";
}
