import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inspect } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import type { Context } from "aws-lambda";
import { replaceDate } from "../clock/replace-date.ts";
import { COMPILE_CACHE } from "./messages.ts";
import type { FromWorker, ToWorker, WorkerError, WorkerStart } from "./messages.ts";

// This thread runs one function instance and plays Lambda's Node runtime. It replaces the clock and the output before
// it loads the bundle, so that nothing in the bundle can keep the real ones.

/** Lambda's context without the parts for handlers that call back instead of returning. */
type HandlerContext = Omit<Context, "done" | "fail" | "succeed">;
type Handler = (event: unknown, context: HandlerContext) => unknown;

const start = workerData as WorkerStart;
const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const post = (message: FromWorker): void => port.postMessage(message);

// Node has read this variable already. Lambda does not set it.
Reflect.deleteProperty(process.env, COMPILE_CACHE);
replaceDate(start.clockOffset);
collectOutput(process.stdout);
collectOutput(process.stderr);

const handler = await loadHandler();
port.on("message", (message: ToWorker) => void run(message));
post({ kind: "loaded" });

async function run({ id, event, requestId }: ToWorker): Promise<void> {
  try {
    const returned = await handler(event, contextOf(requestId));
    // The value goes into a list: JSON has no text for `undefined`, but makes it `null` in a list, as Lambda does.
    post({ kind: "returned", id, json: JSON.stringify([returned]) });
  } catch (error) {
    post({ kind: "threw", id, error: describe(error) });
  }
}

async function loadHandler(): Promise<Handler> {
  const dot = start.handler.lastIndexOf(".");
  const [moduleName, exportName] = [start.handler.slice(0, dot), start.handler.slice(dot + 1)];
  const path = [".js", ".mjs", ".cjs"]
    .map((extension) => join(start.codeDirectory, moduleName + extension))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`Cannot find module ${moduleName} in ${start.codeDirectory}`);
  const loaded: unknown = path.endsWith(".mjs") ? await import(path) : createRequire(path)(path);
  const exported = (loaded as Record<string, unknown>)[exportName];
  if (typeof exported !== "function") throw new Error(`${start.handler} is not a function`);
  return exported as Handler;
}

function contextOf(requestId: string): HandlerContext {
  const deadline = performance.now() + start.timeoutSeconds * 1000;
  return {
    awsRequestId: requestId,
    functionName: start.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMegabytes),
    logGroupName: `/aws/lambda/${start.functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

function collectOutput(stream: NodeJS.WriteStream): void {
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    post({
      kind: "output",
      text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString(),
    });
    const written = rest.at(-1);
    if (typeof written === "function") queueMicrotask(() => (written as () => void)());
    return true;
  };
}

function describe(error: unknown): WorkerError {
  if (!(error instanceof Error)) return { name: "Error", message: inspect(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}
