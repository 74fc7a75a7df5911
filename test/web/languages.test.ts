import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { bundleWeb } from "../../infra/bundles/bundle-web.ts";
import { fillPage } from "../../infra/bundles/fill-page.ts";
import { everyLanguage, type Languages } from "../../lib/settings/languages.ts";
import { firstOffered } from "../../web/language.ts";
import { offeredBy } from "../../web/pages/preferences.ts";
import { texts } from "../../web/pages/texts.ts";
import { launchBrowser } from "./support/browser.ts";

const html = readFileSync(new URL("../../web/pages/index.html", import.meta.url), "utf8");

test("the page for all languages is the page as it is written", () => {
  expect(fillPage(html, everyLanguage)).toBe(html);
});

test.each<[Languages]>([[["uk"]], [["ru", "uk"]]])(
  "before its module runs, the page of %j says what it says in the first, and nothing in English",
  (languages) => {
    const page = fillPage(html, languages);
    expect(page).toContain(`<html lang="${languages[0]}">`);
    const words = page.replace(/<svg[^]*?<\/svg>|<head>[^]*<\/head>/g, "").matchAll(/>([^<]+)</g);
    const said = [...words].map(([, text = ""]) => text.trim()).filter((text) => text !== "");
    const names = ["Fernway", "Українська", "Русский"];
    const known = [...Object.values<string>(texts[languages[0]]), ...names];
    expect(said.filter((text) => !known.includes(text))).toEqual([]);
    expect(page).toContain(`aria-label="${texts[languages[0]].sections}"`);
  },
);

test("no text needs escaping in HTML", () => {
  expect(JSON.stringify(texts)).not.toMatch(/[<>&]/);
});

test("a page that is not as it was is refused, not half filled", () => {
  expect(() => fillPage(html.replace("<select", "<p").replace(/<option.*/g, ""), ["uk"])).toThrow(
    "menu has no uk",
  );
});

test("who has none of the languages on offer reads the first, also where another was chosen before", () => {
  const offered = offeredBy([{ value: "uk" }, { value: "en" }]);
  const first = (...tags: string[]) => firstOffered(offered, tags);
  expect([first("ru"), first("de", "fr"), first(), first("ru", "en-GB", "uk")]).toEqual([
    "uk",
    "uk",
    "uk",
    "en",
  ]);
});

describe("in a browser", () => {
  let chromium: Browser | undefined;
  beforeAll(async () => {
    chromium = await launchBrowser();
  });
  afterAll(() => chromium?.close());

  /** All that is said there, by the element too. */
  const entrance = (page: Page) => page.locator("main.entrance").ariaSnapshot();

  /** The page for these languages, as a reader with this one sees it who chose Russian while it was on offer. */
  const open = async (languages: Languages, locale: string) => {
    const directory = mkdtempSync(join(tmpdir(), "twostep-web-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    bundleWeb(directory, languages);
    const origin = await serve(directory);
    const context = await chromium?.newContext({ locale });
    const page = await context?.newPage();
    if (!page) throw new Error("There is no browser.");
    onTestFinished(() => context?.close());
    await page.addInitScript(() => localStorage.setItem("fernway-language", "ru"));
    await page.goto(origin);
    await page.locator("twostep-sign-in input").first().waitFor();
    return page;
  };

  test("the menu has the languages on offer, and the panel and the element speak the first of them", async () => {
    const page = await open(["uk", "en"], "ru-RU");
    const menu = page.locator("#language");
    expect(await menu.locator("option").allTextContents()).toEqual(["Українська", "English"]);
    expect(await menu.inputValue()).toBe("uk");
    expect(await page.title()).toContain(texts.uk.signInTitle);
    const said = () => entrance(page);
    expect(await said()).toContain("Увійти");
    // Letters that Ukrainian does not have.
    expect(await said()).not.toMatch(/[ыэёъ]/i);

    await menu.selectOption("en");
    expect(await page.title()).toContain(texts.en.signInTitle);
    expect(await said()).not.toMatch(/\p{Script=Cyrillic}/u);
  });

  test("with one language there is no menu", async () => {
    const page = await open(["en"], "ru-RU");
    expect(await page.locator("#language").isVisible()).toBe(false);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await entrance(page)).not.toMatch(/\p{Script=Cyrillic}/u);
  });
});

/** The files of the directory; to the API's calls, that nobody is signed in. */
const serve = async (directory: string): Promise<string> => {
  const types: Readonly<Record<string, string>> = {
    ".html": "text/html",
    ".js": "text/javascript",
  };
  const server = createServer(({ url = "/" }, response) => {
    if (url.startsWith("/v1/")) {
      const code = url === "/v1/session" ? "unauthenticated" : "no_challenge";
      response.writeHead(401, { "content-type": "application/problem+json" });
      return response.end(JSON.stringify({ type: "about:blank", title: "No", status: 401, code }));
    }
    const name = url === "/" ? "index.html" : url.slice(1);
    const type = types[extname(name)] ?? "text/css";
    response.writeHead(200, { "content-type": type });
    return response.end(readFileSync(join(directory, name)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};
