import { spawnSync } from "node:child_process";

/** Runs a script of `package.json`, with its output shown. Returns whether it succeeded. */
export const runScript = (name: string, directory = "."): boolean =>
  spawnSync("npm", ["run", "--silent", name], { cwd: directory, stdio: "inherit" }).status === 0;
