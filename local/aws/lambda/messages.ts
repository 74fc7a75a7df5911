/** What the main thread sends to a function's thread. */
export type ToWorker = { id: number; event: unknown; requestId: string };

export type WorkerError = { name: string; message: string; stack?: string };

/** What a function's thread sends back. One channel for all: a request's log lines arrive before its answer. */
export type FromWorker =
  | { kind: "loaded" }
  | { kind: "output"; text: string }
  /** `json` is a list of one: what the handler returned. */
  | { kind: "returned"; id: number; json: string }
  | { kind: "threw"; id: number; error: WorkerError };

/** What a function's thread is started with. */
export type WorkerStart = {
  functionName: string;
  functionArn: string;
  codeDirectory: string;
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Milliseconds that the stack's clock is ahead, shared by all threads. */
  clockOffset: SharedArrayBuffer;
};

/** The variable by which Node is told where to keep compiled code. */
export const COMPILE_CACHE = "NODE_COMPILE_CACHE";
