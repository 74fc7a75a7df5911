import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { bundle } from "../../infra/bundle.ts";
import { functionNames } from "../../infra/functions.ts";
import { temporaryDirectory } from "./synthesize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const made = bundle(temporaryDirectory());
const again = bundle(temporaryDirectory());
const outputOf = (name: string) => made.metafile.outputs[`dist/functions/${name}/index.js`];

/** What a function may weigh, in KB: with the SDK, and without. More means that something large was drawn in. */
const limitKb = { withSdk: 550, withoutSdk: 110 };

test("no bundle outgrows its limit", () => {
  const sizes = functionNames.map((name) => {
    const inputs = Object.keys(outputOf(name)?.inputs ?? {});
    const sdk = inputs.some((input) => input.includes("/@aws-sdk/"));
    return { name, kb: Math.ceil((outputOf(name)?.bytes ?? Infinity) / 1000), sdk };
  });
  console.table(sizes);
  const over = sizes.filter(({ kb, sdk }) => kb > (sdk ? limitKb.withSdk : limitKb.withoutSdk));
  expect(over).toEqual([]);
});

test.each(["time", "not-found"])("%s carries no SDK", (name) => {
  const inputs = Object.keys(outputOf(name)?.inputs ?? {});
  expect(inputs.filter((input) => input.includes("/@aws-sdk/"))).toEqual([]);
});

test("esbuild has nothing to warn of", () => {
  expect(made.warnings.map((warning) => warning.text)).toEqual([]);
});

test("the same sources make the same bytes wherever they are written, and name no directory of this machine", () => {
  for (const name of functionNames) {
    for (const file of ["index.js", "index.js.map", "package.json"]) {
      const content = readFileSync(join(made.directory, name, file), "utf8");
      expect(readFileSync(join(again.directory, name, file), "utf8") === content).toBe(true);
      expect(content.includes(root)).toBe(false);
    }
  }
});

test.each(functionNames)("the source map of %s lies beside it and names its sources", (name) => {
  const code = readFileSync(join(made.directory, name, "index.js"), "utf8");
  expect(code.trimEnd().endsWith("//# sourceMappingURL=index.js.map")).toBe(true);
  const map = z
    .object({ sources: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(join(made.directory, name, "index.js.map"), "utf8")));
  expect(map.sources).toContain(`../../../functions/${name}/index.ts`);
});
