import { createRequire } from "node:module";
import type AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

type Found = Pick<Awaited<ReturnType<AxeBuilder["analyze"]>>, "violations">;
type Axe = { readonly run: (context: Document, options: object) => Promise<Found> };

const require = createRequire(import.meta.resolve("@axe-core/playwright"));
const { source } = require("axe-core") as { readonly source: string };

/** The rules of WCAG 2.2 AA, and what is good practice beyond. */
const everyRule = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules that ask where things are. */
export const layoutRules = ["target-size", "scrollable-region-focusable"];

/**
 * What axe finds, as `rule: element`. The builder of `@axe-core/playwright` brings its half a megabyte of rules into the page for every
 * question, and opens another page for the answer; here they stay in the page, which has no frames, from state to state.
 */
export async function violations(page: Page, rules = everyRule): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const found = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as { readonly axe: Axe };
    return (await axe.run(document, { runOnly: asked, resultTypes: ["violations"] })).violations;
  }, rules);
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
