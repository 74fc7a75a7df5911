import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A temporary folder; it goes with the test, or, given `afterAll`, with all tests of the file. */
export async function aFolder(
  atEnd: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "twostep-"));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
