import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { trafficOf, type Traffic } from "./traffic.ts";
import type { World } from "./world.ts";

/** A browser of somebody's own, with the panel open in it. */
export type Window = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly traffic: Traffic;
};

const patienceMs = 15_000;

/** Opens the panel, or another page, in a new browser: no cookies, no memory. Whatever it complains of fails the test. */
export async function openWindow(
  { url, chromium }: World,
  { path = "/", ...options }: BrowserContextOptions & { path?: string } = {},
): Promise<Window> {
  const context = await chromium.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(patienceMs);
  return { context, ...(await openTab(context, url + path)) };
}

/** Opens one more tab of the same browser. It comes to the front: those behind are drawn once a second only. */
export async function openTab(
  context: BrowserContext,
  url: string,
): Promise<Omit<Window, "context">> {
  const page = await context.newPage();
  listenForComplaints(page);
  const traffic = trafficOf(page);
  await page.goto(url);
  return { page, traffic };
}

/** A refusal of the API and a lost connection are logged as errors too, though nothing is wrong with the page then. */
const isOfTheApi = (text: string, url: string): boolean =>
  text.startsWith("Failed to load resource") && url.includes("/v1/");

function listenForComplaints(page: Page): void {
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && !isOfTheApi(message.text(), url))
      complaints.push(`${message.text()} ${url}`);
  });
  onTestFinished(() => expect(complaints).toEqual([]));
}

/** Lets the page notice that the person looks at it again, after a while with something else. */
export const comeBack = (page: Page): Promise<unknown> =>
  page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
