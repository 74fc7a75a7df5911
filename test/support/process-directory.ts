import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary directory that lasts as long as this process, which runs many test files. */
export function processDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "twostep-process-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  // vitest ends its processes by this signal; without a listener none would hear `exit`.
  process.once("SIGTERM", () => process.exit());
  return directory;
}
