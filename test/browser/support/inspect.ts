import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { layoutRules, violations } from "./axe.ts";
import { outside } from "./outside.ts";

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 800 };
/** A folder for pictures of every state that is inspected, to be looked at. */
const pictures = process.env["TWOSTEP_PICTURES"];

/**
 * Holds a state of the panel against what every state owes: no violation of accessibility rules, on a light desk and on a dark small
 * phone; nothing outside the window, in any language, nor where the page runs from right to left. Leaves the page as it was.
 */
export async function inspect(page: Page, state: string): Promise<void> {
  const faults = [
    ...(await look(page, state, "light")),
    ...(await onAPhone(page, state)),
    ...(await fromTheRight(page, state)),
  ];
  expect.soft({ state, faults }).toEqual({ state, faults: [] });
}

/** What axe finds, and what reaches out of the window. */
async function look(page: Page, state: string, where: string): Promise<string[]> {
  await picture(page, `${state} ${where}`);
  return [...(await violations(page)), ...(await outside(page))].map((one) => `${where}: ${one}`);
}

async function onAPhone(page: Page, state: string): Promise<string[]> {
  await page.setViewportSize(narrow);
  await page.emulateMedia({ colorScheme: "dark" });
  await speak(page, "uk");
  const found = await look(page, state, "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await speak(page, "en");
  return [...found, ...(await outside(page))];
}

/**
 * Nobody writes Russian so, but the catalogue has no language that is written so. Only the layout can differ from the other two
 * looks: roles, names and colours are the same in either direction.
 */
async function fromTheRight(page: Page, state: string): Promise<string[]> {
  const turn = (dir: string) => page.evaluate((to) => (document.documentElement.dir = to), dir);
  await turn("rtl");
  await speak(page, "ru");
  await picture(page, `${state} from the right`);
  const found = [...(await violations(page, layoutRules)), ...(await outside(page))];
  await page.setViewportSize(wide);
  found.push(...(await outside(page)));
  await turn("");
  await speak(page, "en");
  return found.map((one) => `from the right: ${one}`);
}

/** As somebody who picks a language in the panel's bar, but leaving the focus where it is. */
const speak = (page: Page, language: string): Promise<void> =>
  page.evaluate((to) => {
    const chooser = document.querySelector<HTMLSelectElement>("#language");
    if (!chooser) return;
    chooser.value = to;
    chooser.dispatchEvent(new Event("change"));
  }, language);

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name.replaceAll(" ", "-")}.png`, fullPage: true });
}
