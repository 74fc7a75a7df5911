import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

// `local/aws` runs any template. Who wants to know what the service does must not have to read it, and the other way round.

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.each([
  ['import { readRoute } from "../../../lib/contract/route.ts";'],
  ['import type { Account } from "../../../lib/account/account.ts";'],
  ['export { handler } from "../../../functions/time/index.ts";'],
  ['import { buildApp } from "../../../infra/app.ts";'],
  ['import type { World } from "../../devices/world/world.ts";'],
  ['import { openData } from "../../twostep/data.ts";'],
  ['import { startStack } from "../../stack.ts";'],
])("lint refuses in local/aws: %s", async (line) => {
  const messages = await lint(line);
  expect(messages.map(({ ruleId }) => ruleId)).toEqual([
    "@typescript-eslint/no-restricted-imports",
  ]);
});

test("lint lets local/aws import its own folders and packages", async () => {
  const lines = [
    'import { join } from "node:path";',
    'import * as z from "zod/mini";',
    'import { openJournal } from "../data/journal.ts";',
    'import type { QueueState } from "./queue-state.ts";',
  ];
  expect(await lint(lines.join("\n"))).toEqual([]);
});

/** Asks the project's own rules, of which this one needs no types: so no file need be there. */
async function lint(code: string) {
  const eslint = new ESLint({
    cwd: root,
    ruleFilter: ({ ruleId }) => ruleId === "@typescript-eslint/no-restricted-imports",
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const [result] = await eslint.lintText(code, {
    filePath: join(root, "local/aws/queue/planted.ts"),
  });
  return result?.messages ?? [];
}

test("no word of local/aws is the service's own", async () => {
  const folder = join(root, "local/aws");
  const names = await readdir(folder, { recursive: true });
  const own = /twostep|telegram|carrier|ucaller|sign-?in|second step|\bdemo\b|\/devices/i;
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(".ts"))
      .map(async (name) => (own.test(await readFile(join(folder, name), "utf8")) ? [name] : [])),
  );
  expect(found.flat()).toEqual([]);
});
