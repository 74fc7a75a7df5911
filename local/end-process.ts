import { isRefusal } from "./aws/data/refusal.ts";

// How the commands end: each way once, and certainly.

/** Longer than all that an orderly end waits for. */
const LIMIT_MS = 10_000;
const LOOK_MS = 500;

/**
 * Ends the process at SIGINT or SIGTERM: with 0 once `stop` has ended, with 1 if it failed, and by force, which no shell takes
 * for success, if it has not ended within `limitMs`. A second signal changes nothing: npm passes Ctrl-C on to who has it already.
 */
export function endOnSignal(stop: () => Promise<unknown>, limitMs = LIMIT_MS): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => {
      console.error(`The end took longer than ${limitMs / 1000} s, and was forced.`);
      // `process.exit` waits for threads, and one of those may be why.
      process.kill(process.pid, "SIGKILL");
    }, limitMs);
    stop().then(() => process.exit(0), endOnFault);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  if (process.env["npm_lifecycle_event"] !== undefined) whenOrphaned(end);
}

/**
 * npm passes a SIGTERM on to the shell in which it runs a script. That shell ends without telling the script, which another
 * process inherits: it would run on, unseen, for ever.
 */
function whenOrphaned(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK_MS).unref();
}

/** Ends the process with 1. What whoever started it can mend is said in a sentence, all else with a stack trace. */
export function endOnFault(error: unknown): never {
  console.error(isRefusal(error) ? error.message : error);
  process.exit(1);
}
