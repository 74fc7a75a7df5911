import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";
import { advance } from "./support/stack.ts";

// The command itself, with the project's own template.

const start = (dataDir: string, ...more: string[]) =>
  run("local/start.ts", ["--port", "0", "--data", dataDir, "--quiet", ...more]);

const localJson = async (dataDir: string): Promise<unknown> =>
  JSON.parse(await readFile(join(dataDir, "local.json"), "utf8")) as unknown;

test.each(["SIGINT", "SIGTERM"] as const)("%s ends a ready stack cleanly", async (signal) => {
  const dataDir = await aFolder();
  const { child, ready, ended } = start(dataDir);
  const url = await ready;
  expect(await localJson(dataDir)).toEqual({
    url,
    pid: child.pid,
    demo: { email: "demo@example.com", password: "correct-horse-battery" },
  });
  expect((await fetch(`${url}/v1/time`)).status).toBe(200);
  const unsigned = await fetch(`${url}/v1/accounts/demo`);
  expect(await unsigned.json()).toEqual({ message: "Forbidden" });

  child.kill(signal);
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toBe(`Twostep is ready at ${url}\n`);
  expect(await readdir(dataDir)).not.toContain("local.json");
});

test("a stack that was killed can be started again, with what it had", async () => {
  const dataDir = await aFolder();
  const first = start(dataDir);
  const moved = await advance(await first.ready, 86_400);
  const secrets = await readFile(join(dataDir, "secrets.json"), "utf8");
  first.child.kill("SIGKILL");
  await first.ended;

  const second = start(dataDir);
  const url = await second.ready;
  const { now } = (await (await fetch(`${url}/v1/time`)).json()) as { now: string };
  expect(Date.parse(now)).toBeGreaterThanOrEqual(moved);
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).toBe(secrets);
});

test("a kill at any moment of the start leaves a usable folder", async () => {
  const dataDir = await aFolder();
  for (const milliseconds of [100, 300, 500, 700]) {
    const { child, ended } = start(dataDir);
    setTimeout(() => child.kill("SIGKILL"), milliseconds);
    await ended;
  }
  expect((await fetch(await start(dataDir).ready)).status).toBeGreaterThan(0);
});

test("a folder in use and a port in use are refused in a sentence", async () => {
  const dataDir = await aFolder();
  const first = start(dataDir);
  const url = await first.ready;
  const sameFolder = await start(dataDir).ended;
  expect(sameFolder.code).toBe(1);
  expect(sameFolder.stderr).toContain(`already running at ${url}`);
  expect(sameFolder.stderr.trim().split("\n")).toHaveLength(1);
  const reset = await start(dataDir, "--reset").ended;
  expect(reset.code).toBe(1);
  expect((await fetch(`${url}/v1/time`)).status).toBe(200);

  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void blocker.close());
  const { port } = blocker.address() as AddressInfo;
  const samePort = await run("local/start.ts", ["--port", String(port), "--data", await aFolder()])
    .ended;
  expect(samePort).toEqual({
    code: 1,
    stdout: "",
    stderr: `Port ${port} is taken. Choose another with --port, or --port 0 for any that is free.\n`,
  });
});

test("--reset empties our folder, and refuses one that holds anything else", async () => {
  const dataDir = await aFolder();
  const first = start(dataDir);
  await advance(await first.ready, 86_400);
  first.child.kill("SIGTERM");
  await first.ended;
  const again = start(dataDir, "--reset");
  const { now } = (await (await fetch(`${await again.ready}/devices/api/clock`)).json()) as {
    now: string;
  };
  expect(Date.parse(now) - Date.now()).toBeLessThan(1000);
  again.child.kill("SIGTERM");
  await again.ended;

  await writeFile(join(dataDir, "thesis.txt"), "mine");
  const mixed = await start(dataDir, "--reset").ended;
  expect(mixed.code).toBe(1);
  expect(mixed.stderr).toMatch(/^--reset refuses to empty .*thesis\.txt\.\n$/);
  expect(await readdir(dataDir)).toEqual(
    expect.arrayContaining(["thesis.txt", "secrets.json", "tables"]),
  );

  const foreign = await aFolder();
  await mkdir(join(foreign, "tables"));
  for (const option of [["--reset"], []]) {
    expect((await start(foreign, ...option).ended).code).toBe(1);
    expect(await readdir(foreign)).toEqual(["tables"]);
  }
});

test.each([["--unknown"], ["--port", "x"], ["--port", "70000"], ["--port"], ["stray"]])(
  "wrong options are answered with the usage: %s",
  async (...args) => {
    const { code, stderr, stdout } = await run("local/start.ts", args).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: npm start");
    expect(stdout).toBe("");
  },
);
