import type { Witness } from "./aws/access/guard.ts";
import type { DataDirectory } from "./aws/data/data-directory.ts";
import { refusal } from "./aws/data/refusal.ts";
import { usingStorage } from "./aws/data/storage-refusal.ts";
import { listen } from "./aws/http/server.ts";
import type { LocalServer } from "./aws/http/server.ts";
import type { FunctionPlan } from "./aws/plan/plan.ts";
import type { Assembly } from "./aws/template/template.ts";
import { startBackend } from "./backend.ts";
import type { StackEndpoints } from "./backend.ts";
import { isForDevices } from "./devices/api/api.ts";
import type { RealTelegram } from "./devices/telegram/real/call-telegram.ts";
import { openData, resetData, RUNNING } from "./twostep/data.ts";
import { DEMO, makeDemoAccount } from "./twostep/demo.ts";
import type { Demo } from "./twostep/demo.ts";
import { findRunning } from "./twostep/running.ts";
import type { Running } from "./twostep/running.ts";

export type StackOptions = {
  /** 0 picks a free one. */
  port: number;
  dataDir: string;
  /** Empty the data directory first; false if not given. */
  reset?: boolean;
  /** Print no requests and no failures of functions; false if not given. */
  quiet?: boolean;
  /** What to run; the project's own template if not given. */
  assembly?: Assembly;
  /** Make the demo account on the first start; true if not given. */
  demo?: boolean;
  /** Start every function's thread at once, not at its first event; false if not given. */
  warm?: boolean;
  /** Use the real Telegram with this bot; a fake on this machine if not given. */
  telegram?: RealTelegram;
  /** The origins of pages elsewhere that may call too. */
  origins?: readonly string[];
  /** Values of functions' variables, in place of those that the template or this machine gives them. */
  variables?: Readonly<Record<string, string>>;
  /** Invoke functions on the template's schedules, the synthetic sign-in above all; false if not given. */
  schedules?: boolean;
  /** Hears what functions, and other callers that sign, do to AWS's services. */
  witness?: Witness;
};

export type Stack = {
  url: string;
  demo: Demo;
  /** Says, for people, which Telegram it is. */
  telegram: string;
  /** Where the functions find the AWS services, Telegram and the carrier. */
  endpoints: StackEndpoints;
  /** The functions of the template. */
  functions: readonly FunctionPlan[];
  /** Ends the stack. Its data is there at the next start. */
  stop: () => Promise<void>;
};

/**
 * Runs the template on this machine until it is stopped, and resolves when it is ready.
 * Rejects with a refusal, a sentence that says what to do, if the port or the data directory cannot be used.
 */
export function startStack(options: StackOptions): Promise<Stack> {
  return usingStorage(options.dataDir, () => start(options));
}

async function start(options: StackOptions): Promise<Stack> {
  const { quiet = false } = options;
  const data = await claimDataDirectory(options);
  const server = await listenOrRefuse(options.port);
  const url = `http://127.0.0.1:${server.port}`;
  const token = options.telegram?.token;
  const report = (fault: string): void => {
    // With the real Telegram, every fault is printed, so that people see why it does not answer. Its token never is.
    if (token !== undefined) console.error(fault.replaceAll(token, "…"));
    else if (!quiet) console.error(fault);
  };
  try {
    const backend = await startBackend({
      data,
      port: server.port,
      assembly: options.assembly,
      telegram: options.telegram,
      origins: options.origins,
      variables: options.variables,
      witness: options.witness,
      schedules: options.schedules,
      report,
    });
    const stop = once(async () => {
      backend.release();
      await server.stop();
      // The file goes while this stack still holds the tables: later, the file could be another stack's.
      await data.remove(RUNNING);
      await backend.stop();
    });
    try {
      server.serve(backend.handle);
      const [demoFailure, deployFailures] = await Promise.all([
        options.demo === false ? undefined : makeDemoAccount(url, data),
        backend.deploy(),
      ]);
      for (const failure of [demoFailure, ...deployFailures])
        if (failure !== undefined) console.error(failure);
      await data.write(RUNNING, { url, pid: process.pid, demo: DEMO } satisfies Running);
    } catch (error) {
      await stop();
      throw error;
    }
    server.report(({ method, path }, status, milliseconds) => {
      if (!quiet && !isForDevices({ path }))
        console.log(`${method} ${path} ${status} ${milliseconds.toFixed(0)} ms`);
    });
    if (options.warm === true) void backend.warm();
    const { endpoints, functions, telegram } = backend;
    return { url, demo: DEMO, telegram, endpoints, functions, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function claimDataDirectory({
  dataDir,
  reset = false,
}: StackOptions): Promise<DataDirectory> {
  const running = await findRunning(dataDir);
  if (running)
    throw refusal(
      `A stack that uses ${dataDir} is already running at ${running.url} (process ${running.pid}). Stop it, or choose another folder with --data.`,
    );
  if (reset) await resetData(dataDir);
  return openData(dataDir);
}

async function listenOrRefuse(port: number): Promise<LocalServer> {
  try {
    return await listen({
      port,
      onFault: (error) => console.error(error),
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw refusal(
        `Port ${port} is taken. Choose another with --port, or --port 0 for any that is free.`,
      );
    if (code === "EACCES")
      throw refusal(`Port ${port} is not allowed here. Choose one from 1024 up with --port.`);
    throw error;
  }
}

/** The returned function does the work once, however often it is called. All callers wait for it. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
