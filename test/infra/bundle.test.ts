import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { bundle } from "../../infra/bundles/bundle.ts";
import { bundledFunctionNames } from "../../infra/settings/functions.ts";
import { temporaryDirectory } from "./synthesize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const made = bundle(temporaryDirectory());
const again = bundle(temporaryDirectory());
const outputOf = (name: string) => made.metafile.outputs[`dist/functions/${name}/index.js`];
/** By their path in the project: esbuild follows links, so packages may lie elsewhere. */
const inputsOf = (name: string) =>
  Object.keys(outputOf(name)?.inputs ?? {}).map((input) =>
    input.replace(/^.*?(?=node_modules\/)/, ""),
  );

const isSdk = (input: string) => /\/@(aws-sdk|smithy|aws-crypto)\//.test(input);
const usesSdk = (name: string) => inputsOf(name).some((input) => input.includes("/@aws-sdk/"));
const usesBot = (name: string) => inputsOf(name).some((input) => input.includes("/grammy/"));
const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);

/** What a function weighs, in KB: all of it, and what is not the SDK. */
const weigh = (name: string) => {
  const inputs = Object.entries(outputOf(name)?.inputs ?? {});
  const own = inputs.filter(([input]) => !isSdk(input)).map(([, part]) => part.bytesInOutput);
  return {
    kb: kilobytes(outputOf(name)?.bytes ?? Infinity),
    ownKb: kilobytes(own.reduce((sum, bytes) => sum + bytes, 0)),
  };
};

/** The ranges of every country's numbers. */
const phoneNumbersKb = (name: string) =>
  inputsOf(name).some((input) => input.includes("/libphonenumber-js/")) ? 200 : 0;

/** What the list of common passwords weighs, with what reads it. */
const commonPasswordsBytes = (name: string) =>
  Object.entries(outputOf(name)?.inputs ?? {})
    .filter(([input]) => input.startsWith("lib/sessions/common-passwords/"))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);

const setPasswords = ["accounts", "sessions"];
const commonPasswordsKb = (name: string) => (setPasswords.includes(name) ? 45 : 0);

/** What turns plain values into typed attributes and back, where a table is used: see docs/decisions/026. */
const documentClientKb = (name: string) =>
  inputsOf(name).some((input) => input.includes("/lib-dynamodb/")) ? 13 : 0;

/** What a function may weigh in all, and without the SDK. More means that something large was drawn in. */
const limits = (name: string) => ({
  limit:
    phoneNumbersKb(name) +
    commonPasswordsKb(name) +
    documentClientKb(name) +
    (usesSdk(name) ? (usesBot(name) ? 680 : 635) : 110),
  ownLimit: phoneNumbersKb(name) + commonPasswordsKb(name) + 230,
});

test("no bundle outgrows its limit", () => {
  const sizes = bundledFunctionNames.map((name) => ({ name, ...weigh(name), ...limits(name) }));
  console.table(sizes);
  expect(sizes.filter(({ kb, ownKb, limit, ownLimit }) => kb > limit || ownKb > ownLimit)).toEqual(
    [],
  );
});

test("the list of common passwords costs at most 60 KB where passwords are set, and nothing anywhere else", () => {
  const costs = bundledFunctionNames.map((name) => [name, commonPasswordsBytes(name)] as const);
  const carriers = costs.filter(([, bytes]) => bytes > 0);
  expect(carriers.map(([name]) => name).toSorted()).toEqual(setPasswords);
  // The words are really there: a list that was not drawn in would cost nothing.
  for (const [name, bytes] of carriers) {
    expect([name, bytes > 30_000 && bytes <= 60_000]).toEqual([name, true]);
  }
});

test.each(["time", "not-found"])("%s carries no SDK", (name) => {
  expect(inputsOf(name).filter((input) => input.includes("/@aws-sdk/"))).toEqual([]);
});

test.each(["telegram-webhook", "telegram-sender", "telegram-setup"])(
  "%s carries grammY as it is built for the web: its build for Node is five times slower to load",
  (name) => {
    expect(inputsOf(name).filter((input) => input.includes("/grammy/"))).toEqual([
      "node_modules/grammy/out/web.mjs",
    ]);
  },
);

test.each(bundledFunctionNames)("%s carries nothing of grammY's build for Node", (name) => {
  const forNode =
    /^node_modules\/(grammy\/out\/.*\.js|(node-fetch|debug|abort-controller|whatwg-url|event-target-shim)\/)/;
  expect(inputsOf(name).filter((input) => forNode.test(input))).toEqual([]);
});

test("esbuild has nothing to warn of", () => {
  expect(made.warnings.map((warning) => warning.text)).toEqual([]);
});

test("the same sources make the same bytes wherever they are written, and name no directory of this machine", () => {
  for (const name of bundledFunctionNames) {
    for (const file of ["index.js", "index.js.map", "package.json"]) {
      const content = readFileSync(join(made.directory, name, file), "utf8");
      expect(readFileSync(join(again.directory, name, file), "utf8") === content).toBe(true);
      expect(content.includes(root)).toBe(false);
    }
  }
});

test.each(bundledFunctionNames)(
  "the source map of %s lies beside it and names its sources",
  (name) => {
    const code = readFileSync(join(made.directory, name, "index.js"), "utf8");
    expect(code.trimEnd().endsWith("//# sourceMappingURL=index.js.map")).toBe(true);
    const map = z
      .object({ sources: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(made.directory, name, "index.js.map"), "utf8")));
    expect(map.sources).toContain(`../../../functions/${name}/index.ts`);
  },
);
