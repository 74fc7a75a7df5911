import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorsIn } from "../support/compile.ts";

// A factor that is only half added must not compile: a reset that forgets it would leave a way in.

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");

const parts: Readonly<Record<string, string>> = {
  reset: "asItIs",
  restore: "asItIs",
  reencrypt: "asItIs",
  forget: "asItIs",
  offer: "() => ({})",
  view: "() => ({ keycards: [] })",
};

/** An entry without one of its parts. */
const entryWithout = (missing: string | undefined): string =>
  `{ ${Object.entries(parts)
    .filter(([name]) => name !== missing)
    .map(([name, code]) => `${name}: ${code}`)
    .join(", ")} }`;

/** The list of factors, with a key card in it. */
const list = (entry: string | undefined): string =>
  read("lib/whole-account/factors.ts")
    .replace("import type { Factor }", "import { asItIs, type Factor }")
    .replace(`"../account/second-step.ts"`, `"../account/second-step-with-card.ts"`)
    .replace(
      "const factors = {",
      entry === undefined
        ? "void asItIs;\nconst factors = {"
        : `const factors = {\n  keycard: ${entry},`,
    );

const named = read("lib/account/second-step.ts").replace(`"totp" |`, `"totp" | "keycard" |`);
const standing = named.replace(
  "  phone: () => false,",
  "  keycard: () => true,\n  phone: () => false,",
);

const missing = Object.keys(parts);
const files: Readonly<Record<string, string>> = {
  [`${root}lib/account/second-step-with-card.ts`]: standing,
  [`${root}lib/account/second-step-unsaid.ts`]: named,
  [`${root}lib/whole-account/factors-whole.ts`]: list(entryWithout(undefined)),
  [`${root}lib/whole-account/factors-none.ts`]: list(undefined),
  ...Object.fromEntries(
    missing.map((part) => [
      `${root}lib/whole-account/factors-without-${part}.ts`,
      list(entryWithout(part)),
    ]),
  ),
};
const errors = errorsIn(files);
const errorsOf = (path: string) => (errors[`${root}${path}`] ?? ["not compiled"]).join("\n");

test("a whole factor compiles", () => {
  expect(errorsOf("lib/account/second-step-with-card.ts")).toBe("");
  expect(errorsOf("lib/whole-account/factors-whole.ts")).toBe("");
});

describe("a factor does not compile", () => {
  test("of which nobody says whether it can stand alone", () => {
    expect(errorsOf("lib/account/second-step-unsaid.ts")).toContain("'keycard' is missing");
  });

  test("that is not in the list", () => {
    expect(errorsOf("lib/whole-account/factors-none.ts")).toContain("'keycard' is missing");
  });

  test.each(missing)("without %s", (part) => {
    const path = `lib/whole-account/factors-without-${part}.ts`;
    expect(errorsOf(path)).toContain(`'${part}' is missing`);
  });
});
