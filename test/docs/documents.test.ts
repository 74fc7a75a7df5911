import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Every page that people read, from the project's root. */
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** What a pattern finds in every page, as `page: found`, where `isGood` says no. */
const wrong = (pattern: RegExp, isGood: (page: string, found: string) => boolean) =>
  pages.flatMap((page) =>
    [...read(page).matchAll(pattern)]
      .map(([, found = ""]) => found)
      .filter((found) => !isGood(page, found))
      .map((found) => `${page}: ${found}`),
  );

/** As headings are named in links. */
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );

test("links lead to files that are there, and to headings that are in them", () => {
  const leads = (page: string, target: string) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, file))) return false;
    return anchor === undefined || anchorsOf(file).includes(anchor);
  };
  expect(wrong(/\]\((?!https?:)([^)\s]+)\)/g, leads)).toEqual([]);
});

test("files and folders that pages name are there", () => {
  const path = /`((?:lib|functions|infra|web|local|operations|tools|test|docs|events)\/[\w./-]+)`/g;
  const isThere = (_: string, named: string) => existsSync(join(root, named));
  expect(wrong(path, isThere)).toEqual([]);
});

test("programs that pages name are scripts of package.json", () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read("package.json")));
  expect(wrong(/npm run ([a-z][\w:-]*)/g, (_, name) => name in scripts)).toEqual([]);
});

test("the README is a first screen", () => {
  expect(read("README.md").split("\n").length).toBeLessThanOrEqual(120);
});

test("the README's two commands are there to paste", () => {
  const blocks = [...read("README.md").matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines]) => lines);
  expect(blocks).toEqual(["npm ci && npm start\n", "npm ci && npm test\n"]);
});

test("the README leads to every guide", () => {
  const guides = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  const readme = read("README.md");
  // What openapi.yaml begins with; nobody reads it apart.
  const alone = guides.filter((name) => name !== "openapi.md");
  expect(alone.filter((name) => !readme.includes(`docs/${name}`))).toEqual([]);
});

test("the glossary is in alphabetical order, and each word has one line", () => {
  const words = [...read("docs/glossary.md").matchAll(/^\| ([^|]+) \|/gm)]
    .map(([, word = ""]) => word)
    .slice(2);
  expect(words.length).toBeGreaterThan(50);
  expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, "en")));
});
