import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file unless it already has these contents. So a second synth of the same sources cannot disturb a process
 * that is reading the first one's files.
 */
export function writeIfChanged(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    if (readFileSync(path).equals(contents)) return;
  } catch {
    // The file does not exist yet.
  }
  writeFileSync(path, contents);
}
