import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./synthesize.ts";

const example = fileURLToPath(new URL("../../docs/examples/host-app.ts", import.meta.url));

test("a host's app of a few lines holds the service, and synthesizes", async () => {
  const directory = temporaryDirectory();
  await promisify(execFile)(process.execPath, [example], {
    env: { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: "false" },
  });
  const templates = readdirSync(directory).filter((name) => name.endsWith(".template.json"));
  expect(templates).toEqual(["Panel.template.json"]);
  const text = readFileSync(join(directory, "Panel.template.json"), "utf8");
  expect(text).toContain("id.example.com");
  expect(text).toContain("example_hosting_bot");
});

test("it is as short as is said", () => {
  const lines = readFileSync(example, "utf8").split("\n");
  const code = lines.filter((line) => !/^\s*(import|\/\*\*|$)/.test(line));
  expect(code.length).toBeLessThanOrEqual(25);
});
