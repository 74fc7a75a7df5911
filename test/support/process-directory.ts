import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a temporary directory and removes it when this process ends. The process runs many test files. */
export function processDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "twostep-process-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  // vitest ends its processes by this signal. Without this listener, the `exit` listener above would not run.
  process.once("SIGTERM", () => process.exit());
  return directory;
}
