import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { carrierNames, carriers } from "../../lib/phone/carriers/carriers.ts";
import { LOCAL_CREDENTIALS } from "../../local/aws/access/signature.ts";
import { startStack } from "../../local/stack.ts";
import { REGION } from "../../local/aws/template/names.ts";
import { synthesize } from "../infra/synthesize.ts";
import { documentedSettings } from "./documented-settings.ts";
import { aFolder } from "../local/support/folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(new URL("../../docs/deploy.md", import.meta.url), "utf8");

/** The first block of that language under a heading. */
const block = (heading: string, language: string): string => {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const [, lines] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section) ?? [];
  if (lines === undefined) throw new Error(`no ${language} under ${heading}`);
  return lines;
};

const startOwnStack = async () => {
  const stack = await startStack({ port: 0, dataDir: await aFolder(), quiet: true });
  onTestFinished(stack.stop);
  return stack.url;
};

/** As on the machine of whoever deploys; the local gateway knows one identity. */
const environment = (url: string) => ({
  ...process.env,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: "",
  AWS_REGION: REGION,
  PASSWORD: "correct-horse-battery",
  API_URL: url,
});

const bash = async (url: string, lines: string): Promise<string> => {
  const outputs = `output() { case "$1" in PagesUrl) echo ${url}/;; *) echo ${url};; esac; }; read() { :; }\n`;
  const { stdout } = await promisify(execFile)("bash", ["-c", outputs + lines], {
    env: environment(url),
  });
  return stdout;
};

test("the guide tells of every output, and of no other; there is no parameter", () => {
  const { template } = synthesize();
  const rows = (heading: string, first: string) =>
    (guide.split(`\n## ${heading}\n`)[1] ?? "")
      .split(`\n| ${first} |`)[1]
      ?.split("\n\n")[0]
      ?.split("\n")
      .slice(2)
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name))
      .sort();
  expect(Object.keys(template.Parameters)).toEqual(["BootstrapVersion"]);
  expect(rows("Deploy", "output")).toEqual(Object.keys(template.Outputs).sort());
});

test("the guide's settings are settings", () => {
  const table = guide.split("\n| setting |")[1]?.split("\n\n")[0] ?? "";
  const names = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(5);
  const known = documentedSettings.map(({ name }) => name);
  expect(names.filter((name = "") => !known.includes(name))).toEqual([]);
});

test("the guide has each carrier with the entry that the secret wants, and names those that call back", () => {
  const table = guide.split("\n| carrier |")[1]?.split("\n\n")[0] ?? "";
  const rows = table.split("\n").slice(2);
  const told = Object.fromEntries(
    rows.map((row) => {
      const [, title = "", need = "", entry = ""] = row.split("|").map((cell) => cell.trim());
      return [title, { entry, callsBack: need.includes("CallStatusUrl") }];
    }),
  );
  const wanted = carrierNames.map((name) => {
    const { title, credentials, callback } = carriers[name];
    const fields = Object.keys(credentials.shape).map((field) => `"${field}":"…"`);
    const entry = `\`"${name}":{${fields.join(",")}}\``;
    return [title, { entry, callsBack: callback !== null }];
  });
  expect(told).toEqual(Object.fromEntries(wanted));
});

test("what tells that it works tells so of a stack that works", async () => {
  const url = await startOwnStack();
  const lines = (await bash(url, block("Is it working?", "sh"))).replaceAll("}{", "}\n{");
  const said = [/"now":/, /^200$/m, /^200$/m, /"not_found"/, /"unauthenticated"/];
  for (const words of [...said, /"forbidden_origin"/, /"message":"Forbidden"/]) {
    expect(lines).toMatch(words);
  }
});

test("the first account is made by curl, and by TypeScript", async () => {
  const url = await startOwnStack();
  expect(await bash(url, block("The first account", "sh"))).toContain('"secondStep":false');

  const program = block("The first account", "ts").replaceAll("/ann", "/bob");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module-typescript", "--eval", program.replaceAll("ann@", "bob@")],
    { cwd: root, env: environment(url) },
  );
  expect(stdout).toMatch(/^201 /);
});
