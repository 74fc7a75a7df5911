import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { runInNewContext } from "node:vm";
import { recommendedConcurrency } from "../../infra/settings/reserved-concurrency.ts";
import type { StackSettings, Stacks } from "../../infra/settings/stacks.ts";

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");

/** The rows of the page's table: a setting's name as in the first cell, and its example as code. */
const rows = page
  .split("\n| setting |")[1]
  ?.split("\n\n")[0]
  ?.split("\n")
  .slice(2)
  .map((row) => {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const code = (cell = "") => /^`(.*)`$/.exec(cell)?.[1] ?? "";
    return { name: code(cells[1]), example: code(cells[4]) };
  });

/** The settings that the page documents, with the example of each. */
export const documentedSettings = rows ?? [];

/** The values of code of the page. */
const valueOf = (code: string): unknown => runInNewContext(code, { recommendedConcurrency });

/** A stack for each example by itself. */
export const stackOfExample = (example: string): StackSettings => ({
  allowedOrigins: ["https://panel.example.com"],
  alarmTopicArn: "none",
  ...(valueOf(`({ ${example} })`) as Partial<StackSettings>),
});

/** The stacks of the page's whole file. */
export const documentedStacks = (): Stacks => {
  const [, file = ""] = /```ts\n(import [\s\S]*?)```/.exec(page) ?? [];
  const code = stripTypeScriptTypes(file.replace(/^import .*$/gm, ""));
  return valueOf(`${code.replace("export const stacks", "var stacks")}; stacks`) as Stacks;
};
