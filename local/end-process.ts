import { isRefusal } from "./aws/data/refusal.ts";

// Ends the commands: each of them once, and certainly.

/** An orderly end never takes this long. */
const LIMIT_MS = 10_000;
const LOOK_MS = 500;

/**
 * Ends the process at SIGINT or SIGTERM: with 0 when `stop` has ended, with 1 if `stop` failed. If `stop` has not ended
 * within `limitMs`, the process ends by force, which no shell takes for success. A second signal changes nothing: the
 * process gets Ctrl-C itself, and npm passes it on once more.
 */
export function endOnSignal(stop: () => Promise<unknown>, limitMs = LIMIT_MS): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => {
      console.error(`The end took longer than ${limitMs / 1000} s, and was forced.`);
      // `process.exit` waits for threads, and a thread may be the reason for the delay.
      process.kill(process.pid, "SIGKILL");
    }, limitMs);
    stop().then(() => process.exit(0), endOnFault);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  if (process.env["npm_lifecycle_event"] !== undefined) whenOrphaned(end);
}

/**
 * npm passes a SIGTERM on to the shell in which it runs a script. That shell ends without telling the script. Another
 * process inherits the script, which would run on, unseen, for ever.
 */
function whenOrphaned(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK_MS).unref();
}

/** Ends the process with 1. Prints a refusal as a sentence, and any other error with its stack trace. */
export function endOnFault(error: unknown): never {
  console.error(isRefusal(error) ? error.message : error);
  process.exit(1);
}
