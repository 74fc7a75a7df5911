import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

type Ended = { code: number | null; stdout: string; stderr: string };

export type Run = {
  child: ChildProcess;
  /** The address that the ready line tells. */
  ready: Promise<string>;
  ended: Promise<Ended>;
};

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs one of the project's commands as a process of its own; it is killed when the test has ended. */
export function run(
  script: string,
  args: readonly string[],
  input = "",
  environment: Readonly<Record<string, string>> = {},
): Run {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: "pipe", env });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.stderr += text.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, ...output }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(output.stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then(({ stderr }) => reject(new Error(`It ended before it was ready: ${stderr}`)));
  });
  // Whoever only waits for the end is not told twice.
  ready.catch(() => undefined);
  return { child, ready, ended };
}
