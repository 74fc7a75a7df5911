import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Leaves an equal file alone, so that a second synth of the same sources cannot disturb a process that is reading the first one's. */
export function writeIfChanged(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    if (readFileSync(path).equals(contents)) return;
  } catch {
    // Not there yet.
  }
  writeFileSync(path, contents);
}
