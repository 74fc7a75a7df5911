import { Worker } from "node:worker_threads";
import { COMPILE_CACHE } from "./messages.ts";
import type { FromWorker, ToWorker, WorkerError, WorkerStart } from "./messages.ts";

export type FunctionOutcome =
  | { kind: "returned"; value: unknown }
  | { kind: "threw"; error: WorkerError }
  | { kind: "timed_out" }
  | { kind: "crashed"; reason: string };

/** One execution environment of a function. It handles one event at a time, as Lambda's do. */
export type Instance = {
  invoke: (event: unknown, requestId: string) => Promise<FunctionOutcome>;
  /** Resolves when the bundle is loaded, or when it cannot be loaded. */
  settled: Promise<unknown>;
  /** Whether it can take another event: false after a time-out or a crash. */
  alive: () => boolean;
  stop: () => Promise<void>;
};

export type InstanceOptions = {
  start: WorkerStart;
  environment: Record<string, string>;
  onOutput: (text: string) => void;
};

/** Loading a bundle does not count as the function's own time, as on Lambda. A busy machine needs more of it. */
const LOAD_LIMIT_MS = 30_000;

/**
 * The folder in which this process keeps compiled code, if it does; a thread then starts in half the time. The thread
 * removes the variable from its environment before it loads the function.
 */
const compileCache = (): Record<string, string> => {
  const { [COMPILE_CACHE]: folder } = process.env;
  return folder === undefined ? {} : { [COMPILE_CACHE]: folder };
};

/** Starts a thread that loads the function's bundle. If the bundle fails to load, the first event crashes. */
export function startInstance({ start, environment, onOutput }: InstanceOptions): Instance {
  const worker = new Worker(new URL("./function-worker.ts", import.meta.url), {
    name: start.functionName,
    workerData: start,
    env: { ...compileCache(), ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.stdout.on("data", (text: Buffer) => onOutput(text.toString()));
  worker.stderr.on("data", (text: Buffer) => onOutput(text.toString()));

  const loaded = Promise.withResolvers<"loaded">();
  const ended = Promise.withResolvers<FunctionOutcome>();
  let answer: ((outcome: FunctionOutcome) => void) | undefined;
  let alive = true;
  let lastId = 0;

  worker.on("message", (message: FromWorker) => {
    switch (message.kind) {
      case "loaded":
        loaded.resolve("loaded");
        return;
      case "output":
        onOutput(message.text);
        return;
      case "returned":
        if (message.id === lastId)
          answer?.({ kind: "returned", value: (JSON.parse(message.json) as unknown[])[0] });
        return;
      case "threw":
        if (message.id === lastId) answer?.({ kind: "threw", error: message.error });
        return;
    }
  });
  worker.on("error", (error) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    alive = false;
    ended.resolve({ kind: "crashed", reason });
  });
  worker.on("exit", (code) => {
    alive = false;
    ended.resolve({ kind: "crashed", reason: `the function's process ended with code ${code}` });
  });

  const stop = async (): Promise<void> => {
    alive = false;
    await worker.terminate();
  };
  const within = async (
    milliseconds: number,
    wanted: Promise<FunctionOutcome | "loaded">,
  ): Promise<FunctionOutcome | "loaded"> => {
    const late = Promise.withResolvers<FunctionOutcome>();
    const timer = setTimeout(() => late.resolve({ kind: "timed_out" }), milliseconds);
    const first = await Promise.race([wanted, ended.promise, late.promise]);
    clearTimeout(timer);
    if (first !== "loaded" && first.kind === "timed_out") await stop();
    return first;
  };

  return {
    invoke: async (event, requestId) => {
      const loading = await within(LOAD_LIMIT_MS, loaded.promise);
      if (loading !== "loaded") return loading;
      const answered = new Promise<FunctionOutcome>((resolve) => (answer = resolve));
      const message: ToWorker = { id: ++lastId, event, requestId };
      worker.postMessage(message);
      const outcome = await within(start.timeoutSeconds * 1000, answered);
      return outcome === "loaded" ? { kind: "crashed", reason: "no answer" } : outcome;
    },
    settled: Promise.race([loaded.promise, ended.promise]),
    alive: () => alive,
    stop,
  };
}
