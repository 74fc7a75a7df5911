import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addWorktree, removeWorktree } from "./git.ts";
import { runScript } from "./run-script.ts";

const script = "read-forms";

/**
 * Lets the code of an older release read what this version stores: while both run side by side, and after a rollback, it
 * has to. The older code is checked out beside, with the present packages. Returns false if it cannot read the forms.
 */
export const olderReleaseReads = (older: string, version: string): boolean => {
  const home = mkdtempSync(join(tmpdir(), "twostep-older-"));
  const directory = join(home, "older");
  addWorktree(directory, `v${older}`);
  try {
    // A release from before forms were kept has no such script.
    if (!readFileSync(join(directory, "package.json"), "utf8").includes(`"${script}"`)) return true;
    const kept = join("test/fixtures", version);
    cpSync(kept, join(directory, kept), { recursive: true });
    symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
    return runScript(script, directory);
  } finally {
    removeWorktree(directory);
    rmSync(home, { recursive: true, force: true });
  }
};
