import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { bundleWeb } from "../../infra/bundles/bundle-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const temporaryDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), "twostep-web-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

const made = bundleWeb(temporaryDirectory());
const read = (name: string, directory = made.directory) => readFileSync(join(directory, name));
const elements = ["twostep-sign-in.js", "twostep-security.js"];
const modules = [...elements, "twostep-client.js", "panel.js"];
const inputsOf = (name: string) =>
  Object.entries(made.metafile.outputs[`dist/web/${name}`]?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => input.replace(/^.*?(?=node_modules\/)/, ""));

test.each(elements)("%s comes in at most 32 KB over the wire, with all that it needs", (name) => {
  const bytes = gzipSync(read(name), { level: 9 }).length;
  console.log(`${name}: ${bytes} bytes gzipped`);
  expect(bytes).toBeLessThanOrEqual(32 * 1024);
});

test.each(modules)(
  "%s is one module of our own browser code, the list of languages and lit, nothing else",
  (name) => {
    expect(inputsOf(name)).not.toEqual([]);
    expect(
      inputsOf(name).filter(
        (input) =>
          !/^(web\/|lib\/settings\/languages\.ts$|node_modules\/(lit|lit-html|lit-element|@lit\/[^/]+)\/)/.test(
            input,
          ),
      ),
    ).toEqual([]);
    expect(made.metafile.outputs[`dist/web/${name}`]?.imports).toEqual([]);
  },
);

test("the Security tab leaves the second step to the sign-in's module, which lies beside it", () => {
  expect(inputsOf("twostep-security.js").filter((input) => input.includes("second-step/"))).toEqual(
    [],
  );
  expect(read("twostep-security.js").toString()).toContain('"./twostep-sign-in.js"');
});

test("the client alone draws no element in", () => {
  expect(inputsOf("twostep-client.js").filter((input) => input.includes("lit"))).toEqual([]);
});

test("esbuild has nothing to warn of", () => {
  expect(made.warnings.map(({ text }) => text)).toEqual([]);
});

test("the same sources make the same bytes wherever they are written, and what was there before goes", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "left-over.js"), "");
  bundleWeb(directory);
  expect(readdirSync(directory)).toEqual(readdirSync(made.directory));
  for (const name of readdirSync(directory)) {
    const content = read(name);
    expect(read(name, directory).equals(content)).toBe(true);
    expect(content.includes(root)).toBe(false);
  }
});

test.each([...modules, "panel.css"])("the source map of %s lies beside it", (name) => {
  expect(read(name).toString()).toContain(`# sourceMappingURL=${name}.map`);
  expect(readdirSync(made.directory)).toContain(`${name}.map`);
});
