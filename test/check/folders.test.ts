import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";

// The check that folders depend downward is a part of `npm run check`. Here a violation of each kind is planted in a
// project of a few lines, and each is found by the rule that is meant for it; what is allowed is found by none.

type Planted = { readonly rule: string; readonly file: string; readonly imports: string };

const value = (path: string) => `import { it } from "${path}"; export const its = it;`;
const type = (path: string) => `import type { It } from "${path}"; export type Its = It;`;

const planted: readonly Planted[] = [
  {
    rule: "lib-totp-imports-downward-only",
    file: "lib/totp/a.ts",
    imports: value("../http/it.ts"),
  },
  { rule: "lib-totp-imports-downward-only", file: "lib/totp/b.ts", imports: type("../http/it.ts") },
  {
    rule: "lib-account-imports-downward-only",
    file: "lib/account/c.ts",
    imports: type("../challenge/it.ts"),
  },
  {
    rule: "lib-settings-imports-downward-only",
    file: "lib/settings/d.ts",
    imports: value("../crypto/it.ts"),
  },
  {
    rule: "lib-runtime-imports-downward-only",
    file: "lib/runtime/e.ts",
    imports: value("../http/it.ts"),
  },
  {
    rule: "lib-has-no-other-folders",
    file: "lib/crypto/f.ts",
    imports: value("../utils/it.ts"),
  },
  {
    rule: "lib-imports-lib-only",
    file: "lib/http/g.ts",
    imports: value("../../functions/time/it.ts"),
  },
  {
    rule: "functions-import-lib-only",
    file: "functions/time/h.ts",
    imports: type("../../infra/it.ts"),
  },
  {
    rule: "functions-do-not-import-each-other",
    file: "functions/time/i.ts",
    imports: value("../totp/it.ts"),
  },
  { rule: "infra-knows-settings-only", file: "infra/j.ts", imports: type("../lib/account/it.ts") },
  {
    rule: "local-and-web-import-types-of-lib-only",
    file: "web/k.ts",
    imports: value("../lib/contract/it.ts"),
  },
  {
    rule: "local-aws-knows-nothing-of-twostep",
    file: "local/aws/queue/l.ts",
    imports: type("../../devices/it.ts"),
  },
  {
    rule: "local-aws-knows-nothing-of-twostep",
    file: "local/aws/queue/m.ts",
    imports: type("../../../lib/contract/it.ts"),
  },
  {
    rule: "only-lib-runtime-knows-aws-sdk",
    file: "lib/account/n.ts",
    imports: value("@aws-sdk/client-dynamodb"),
  },
  { rule: "only-lib-telegram-knows-grammy", file: "lib/phone/o.ts", imports: type("grammy") },
  { rule: "only-lib-http-knows-middy", file: "lib/runtime/p.ts", imports: value("@middy/core") },
  { rule: "no-circle-of-files", file: "lib/guard/q.ts", imports: type("./q2.ts") },
  { rule: "no-circle-of-folders", file: "infra/parts/r.ts", imports: type("../whole/r2.ts") },
];

/** What the planted files need to be there, and what is allowed. */
const others: Readonly<Record<string, string>> = {
  "lib/guard/q2.ts": type("./q.ts"),
  "infra/whole/r3.ts": type("../parts/r4.ts"),
  "infra/whole/r2.ts": "export type It = 1;",
  "infra/parts/r4.ts": "export type It = 1;",
  "lib/http/allowed.ts": value("../account/it.ts"),
  "lib/runtime/allowed.ts": value("@aws-sdk/client-dynamodb"),
  "functions/time/allowed.ts": value("../../lib/http/it.ts"),
  "infra/allowed.ts": value("../lib/settings/it.ts"),
  "web/allowed.ts": type("../lib/contract/it.ts"),
  "local/aws/queue/allowed.ts": value("../data/it.ts"),
};

const targets = [
  "lib/settings/it.ts",
  "lib/crypto/it.ts",
  "lib/account/it.ts",
  "lib/challenge/it.ts",
  "lib/contract/it.ts",
  "lib/http/it.ts",
  "lib/utils/it.ts",
  "functions/time/it.ts",
  "functions/totp/it.ts",
  "infra/it.ts",
  "local/devices/it.ts",
  "local/aws/data/it.ts",
  ...["@aws-sdk/client-dynamodb", "@middy/core", "grammy"].map(
    (name) => `node_modules/${name}/index.ts`,
  ),
];

const found = await violationsIn({
  ...Object.fromEntries(targets.map((path) => [path, "export const it = 1; export type It = 1;"])),
  ...others,
  ...Object.fromEntries(planted.map(({ file, imports }) => [file, imports])),
});

test.each(planted)("$rule finds $file", ({ rule, file }) => {
  const from = rule === "no-circle-of-folders" ? dirname(file) : file;
  expect(found.filter((one) => one.from === from).map((one) => one.rule)).toContain(rule);
});

test("what is allowed is found by no rule", () => {
  const right = Object.keys(others).filter((path) => path.includes("allowed"));
  expect(found.filter(({ from }) => right.includes(from))).toEqual([]);
});

/** What the project's own rules find in a project of these files. */
async function violationsIn(files: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), "folders-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const { output } = await cruise(["lib", "functions", "infra", "local", "web"], {
      ...config.options,
      tsConfig: {},
      baseDir: directory,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    const { summary } = output as ICruiseResult;
    return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
