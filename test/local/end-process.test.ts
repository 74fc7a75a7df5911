import { spawn } from "node:child_process";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { DEMO } from "../../local/twostep/demo.ts";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";

// That the commands end when they are told to.

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const options = async () => ["--port", "0", "--data", await aFolder(), "--quiet"];

test("a stack that npm runs ends with the services that npm gave it", async () => {
  const command = [process.execPath, "local/start.ts", ...(await options())].join(" ");
  // A second command keeps every services from becoming the first one.
  const services = spawn("sh", ["-c", `${command}; exit $?`], {
    env: { ...process.env, npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
    // A group of its own, so that nothing is left if this fails.
    detached: true,
  });
  const { pid = 0 } = services;
  // Its output is open for as long as anything of it runs.
  const ended = new Promise<void>((resolve) => services.once("close", () => resolve()));
  let isOver = false;
  void ended.then(() => (isOver = true));
  onTestFinished(() => {
    if (!isOver) process.kill(-pid, "SIGKILL");
  });
  await new Promise<void>((resolve) => services.stdout.once("data", () => resolve()));
  services.kill("SIGTERM");
  await ended;
});

test("SIGINT and SIGTERM are the end at any moment of the start, also both", async () => {
  for (const [n, milliseconds] of [50, 300, 600, 900, 1200, 1500].entries()) {
    const { child, ended } = run("local/start.ts", await options());
    // Each of them is the first one half of the times.
    const signals = n % 2 === 0 ? SIGNALS : SIGNALS.toReversed();
    setTimeout(() => signals.forEach((signal) => child.kill(signal)), milliseconds);
    const { code, stderr } = await ended;
    // Before it listens for signals, the system ends it.
    expect([0, null]).toContain(code);
    expect(stderr).toBe("");
  }
});

test.each(SIGNALS)("%s ends a stack that is busy with requests that hang", async (signal) => {
  const { child, ready, ended } = run("local/start.ts", await options());
  const url = await ready;
  const hang = { service: "dynamodb", mode: "hang", times: 1000 };
  await fetch(`${url}/devices/api/faults/services`, { method: "POST", body: JSON.stringify(hang) });
  const signIn = fetch(`${url}/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(DEMO),
  }).catch(() => undefined);
  const half = connect(Number(new URL(url).port), "127.0.0.1");
  half.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    half.write("POST /v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{", () =>
      resolve(),
    );
  });
  child.kill(signal);
  child.kill(signal);
  expect((await ended).code).toBe(0);
  await signIn;
});

test("an end that does not come is forced, and is no success", async () => {
  const { child, ready, ended } = run("test/local/support/end-late.ts", []);
  await ready;
  child.kill("SIGTERM");
  child.kill("SIGINT");
  const { code, stderr } = await ended;
  expect(code).not.toBe(0);
  expect(stderr).toBe("The end took longer than 0.2 s, and was forced.\n");
});
