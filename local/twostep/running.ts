import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { parseJson } from "../aws/data/parse-json.ts";
import { RUNNING } from "./data.ts";

const Running = z.object({
  url: z.url(),
  pid: z.int(),
  demo: z.object({ email: z.string(), password: z.string() }),
});

/** What `local.json` tells of a stack that is ready. */
export type Running = z.infer<typeof Running>;

/**
 * Finds the stack that uses a data directory now.
 * A process that was killed leaves its `local.json` behind, and another process may have its number now. So this
 * function asks the stack itself. A stack that listens but does not answer in time counts as running.
 */
export async function findRunning(dataPath: string): Promise<Running | undefined> {
  const text = await readFile(join(dataPath, RUNNING), "utf8").catch(() => undefined);
  const parsed = text === undefined ? undefined : Running.safeParse(parseJson(text));
  if (!parsed?.success || !isAlive(parsed.data.pid)) return undefined;
  return (await listens(parsed.data.url)) ? parsed.data : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function listens(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/devices/api/clock`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError";
  }
}
