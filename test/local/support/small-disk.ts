import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { aFolder } from "./folder.ts";

export const DISK_BYTES = 3 * 1024 * 1024;

/** A folder on a disk of its own, to be filled up, where this process may mount one; it goes with the test. */
export async function aSmallDisk(): Promise<string | undefined> {
  const folder = await aFolder();
  try {
    const options = ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", folder];
    execFileSync("mount", options, { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
  return folder;
}

/** Lets nobody write to it any more. */
export function makeReadOnly(folder: string): void {
  execFileSync("mount", ["-o", "remount,ro", folder]);
}
