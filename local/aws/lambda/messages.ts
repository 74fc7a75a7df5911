/** A message from the main thread to a function's thread. */
export type ToWorker = { id: number; event: unknown; requestId: string };

export type WorkerError = { name: string; message: string; stack?: string };

/** A message from a function's thread. One channel carries all: a request's log lines arrive before its answer. */
export type FromWorker =
  | { kind: "loaded" }
  | { kind: "output"; text: string }
  /** `json` is a list with one element: the value that the handler returned. */
  | { kind: "returned"; id: number; json: string }
  | { kind: "threw"; id: number; error: WorkerError };

/** The data with which a function's thread starts. */
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

/** The variable that tells Node where to keep compiled code. */
export const COMPILE_CACHE = "NODE_COMPILE_CACHE";
