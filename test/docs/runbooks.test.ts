import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { resourcesOf, synthesize } from "../infra/synthesize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = join(root, "docs", "runbooks");
/** What an operator does without an alarm. */
const procedures = ["restore.md", "rotation.md"];
const pages = readdirSync(directory).filter((name) => name !== "README.md");
const read = (name: string) => readFileSync(join(directory, name), "utf8");
const index = read("README.md");

const { template } = synthesize();
const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(([, { Properties }]) =>
  z.string().parse(Properties["AlarmDescription"]),
);
const named = alarms.map((says) => /docs\/runbooks\/([a-z-]+\.md)/.exec(says)?.[1] ?? says);

test("every alarm names a runbook that exists, and every runbook belongs to an alarm or is a procedure", () => {
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((page) => !pages.includes(page))).toEqual([]);
  expect(pages.filter((page) => !named.includes(page) && !procedures.includes(page))).toEqual([]);
});

test("the index leads to every runbook", () => {
  expect(pages.filter((page) => !index.includes(`](${page})`))).toEqual([]);
});

test.each(pages.filter((page) => !procedures.includes(page)))(
  "%s has what somebody needs who was woken, and no more than a screen or two",
  (page) => {
    const text = read(page);
    const parts = ["**Means.**", "**People notice.**", "First look", "Causes", "Do now"];
    for (const part of [...parts, "Over when", "Do not"]) expect(text).toContain(part);
    expect(text.split("\n").length).toBeLessThan(85);
  },
);

/** The sources of everything that logs and measures. */
const sources = ["lib", "functions"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(root, folder, file),
    ),
  )
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");
const queries = pages
  .concat("README.md")
  .flatMap((page) => [...read(page).matchAll(/ask '([^']*)'/g)].map(([, query = ""]) => query));

/** Everything that a pattern finds in the queries, once each. */
const inQueries = (pattern: RegExp) =>
  new Set(queries.flatMap((query) => [...query.matchAll(pattern)].map(([, found = ""]) => found)));

test("queries look for messages that the code logs", () => {
  const messages = [...inQueries(/message (?:= |in )(\[[^\]]*\]|"[^"]*")/g)].flatMap((list) =>
    [...list.matchAll(/"([^"]*)"/g)].map(([, message = ""]) => message),
  );
  expect(messages.length).toBeGreaterThan(10);
  expect(messages.filter((message) => !sources.includes(`"${message}"`))).toEqual([]);
});

test("queries look for measures that the code makes", () => {
  const measures = [...inQueries(/ispresent\(([A-Z]\w+)\)/g)];
  expect(measures.length).toBeGreaterThan(1);
  expect(measures.filter((name) => !sources.includes(`"${name}"`))).toEqual([]);
});

test("graphs that runbooks name are on the dashboard", () => {
  const board = JSON.stringify(resourcesOf(template, "AWS::CloudWatch::Dashboard"));
  const graphs = pages.flatMap((page) =>
    [...read(page).matchAll(/^Dashboard: ([\s\S]*?)\n\n/gm)].flatMap(([, line = ""]) =>
      [...line.replaceAll("\n", " ").matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(
        ([, title = ""]) => title,
      ),
    ),
  );
  expect(graphs.length).toBeGreaterThan(10);
  expect(graphs.filter((title) => !board.includes(title))).toEqual([]);
});

test("outputs that runbooks read are the stack's", () => {
  const outputs = pages
    .concat("README.md", "../deploy.md")
    .flatMap((page) => [...read(page).matchAll(/output ([A-Z]\w+)/g)].map(([, name = ""]) => name));
  expect(outputs.length).toBeGreaterThan(10);
  expect(outputs.filter((name) => !(name in template.Outputs))).toEqual([]);
});

test("links within the documents lead somewhere", () => {
  const broken = pages.concat("README.md", "../deploy.md").flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !target.startsWith("http") && !leads(page, target))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

/** Whether there is such a file, and such a heading in it. Procedures are written in their own time. */
function leads(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  if (procedures.some((name) => path.endsWith(name))) return true;
  const file = path === "" ? page : join(page, "..", path);
  const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
  return anchor === undefined || headings.includes(anchor);
}
