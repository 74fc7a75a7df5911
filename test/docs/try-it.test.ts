import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startStack } from "../../local/stack.ts";
import { aFolder } from "../local/support/folder.ts";

const page = readFileSync(new URL("../../docs/try-it.md", import.meta.url), "utf8");
const hasOathtool = spawnSync("oathtool", ["--version"]).status === 0;

/** The shell lines of the page under this heading, for another address than the page's. */
const linesUnder = (heading: string, url: string): string => {
  const section = page.split(`\n## ${heading}`)[1] ?? "";
  const lines = /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
  return lines.replaceAll("http://127.0.0.1:4000", url);
};

/** Runs lines in bash as if they were pasted, and returns the JSON lines that they print. */
const paste = async (lines: string): Promise<unknown[]> => {
  const { stdout } = await promisify(execFile)("bash", ["-c", lines], { cwd: await aFolder() });
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as unknown);
};

const startOwnStack = async () => {
  const stack = await startStack({ port: 0, dataDir: await aFolder(), quiet: true });
  onTestFinished(stack.stop);
  return stack;
};

test.skipIf(!hasOathtool)(
  "the page's sign-in works when pasted (needs oathtool, Debian's package)",
  async () => {
    const { url } = await startOwnStack();
    expect(await paste(linesUnder("A sign-in, step by step", url))).toMatchObject([
      { status: "signed_in" },
      { secondStep: true, authenticators: [{ name: "Phone" }] },
      { codes: Array.from({ length: 10 }, () => expect.stringMatching(/^\w{5}-\w{5}$/) as string) },
      { status: "second_step", challenge: { methods: { totp: {}, recoveryCode: { left: 10 } } } },
      { status: "signed_in" },
      { account: { email: "demo@example.com" }, session: { method: "totp" } },
      { sessions: [{ current: true, method: "totp" }] },
      { secondStep: false, authenticators: [] },
    ]);
  },
);

test("the page's sign-in with Telegram works when pasted: linked, asked, confirmed; then denied", async () => {
  const { url } = await startOwnStack();
  const lines = await paste(linesUnder("A sign-in confirmed in Telegram", url));
  expect(lines).toMatchObject([
    { status: "signed_in" },
    {},
    { status: "answered", name: "Ann (@ann)" },
    { secondStep: true, telegram: { enabled: true } },
    {
      messages: [
        {},
        { text: expect.stringContaining("a Telegram account was linked") as string },
        { text: expect.stringContaining("Is it you signing in") as string },
      ],
    },
    { notice: "Confirmed. Go back to the page." },
    { status: "approved" },
    { status: "signed_in" },
    { status: "second_step" },
    { notice: "Denied. Nobody is let in." },
    { code: "challenge_denied" },
  ]);
});

test.skipIf(!hasOathtool)(
  "the page's sign-in by phone works when pasted: a number, a call, and an SMS after three lost calls (needs oathtool)",
  async () => {
    const { url } = await startOwnStack();
    const lines = await paste(linesUnder("A sign-in by phone", url));
    const attempt = (via: string, attempt: number, next: string) => ({
      status: "pending",
      methods: { phone: { sent: { via, attempt, next: { via: next } } } },
    });
    const now = { now: expect.any(String) as string };
    expect(lines).toMatchObject([
      { status: "signed_in" },
      { calls: [{ state: "ringing" }] },
      { phones: { active: true, numbers: [{ masked: "+380 ** *** ** 42" }] } },
      { status: "second_step", challenge: { methods: { phone: { sent: null } } } },
      attempt("call", 1, "call"),
      { status: "signed_in" },
      {},
      { status: "second_step" },
      attempt("call", 1, "call"),
      now,
      attempt("call", 2, "call"),
      now,
      attempt("call", 3, "sms"),
      now,
      attempt("sms", 1, "sms"),
      now,
      { calls: [{}, {}], sms: [{ text: expect.stringMatching(/^\d{6} is your/) as string }] },
      { status: "signed_in" },
      { phones: { numbers: [] } },
      { secondStep: false },
    ]);
  },
);
