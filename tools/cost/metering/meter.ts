import { AsyncLocalStorage } from "node:async_hooks";
import type { FunctionName } from "../../../infra/settings/functions.ts";

/** One request of an invocation to somebody else; `began` and `ended` are ticks of a counter, not times. */
export type Call = {
  readonly to: "storage" | "aws" | "outside";
  readonly operation: string;
  /** What was sent. */
  readonly bytes: number;
  /** How many of what it is about: one, or the entries of a list. */
  readonly amount: number;
  /** Of storage: the kind of item, what DynamoDB charges, and how large what went over the wire is. */
  readonly item?: string;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly itemBytes: number;
  readonly began: number;
  readonly ended: number;
};

export type Measured = Pick<Call, "readUnits" | "writeUnits" | "itemBytes"> & { item?: string };

const nothingMeasured: Measured = { readUnits: 0, writeUnits: 0, itemBytes: 0 };

/** What one run of a function did. */
export type Invocation = {
  readonly functionName: FunctionName;
  /** Where it answers the HTTP API: what it answers. */
  readonly route: string | null;
  readonly calls: Call[];
  /** Lines of its log, as they are written. */
  readonly lines: string[];
  /** Time that it did nothing but wait. */
  waitedMs: number;
  /** What an HTTP client is sent. */
  answerBytes: number;
};

export type Meter = ReturnType<typeof newMeter>;

/** Keeps what every invocation does, whatever runs beside it. What is done outside of any is not kept. */
export const newMeter = () => {
  const current = new AsyncLocalStorage<Invocation>();
  let invocations: Invocation[] = [];
  let tick = 0;
  return {
    /** Runs the work as an invocation of the function. */
    async invoke<T>(
      functionName: FunctionName,
      work: () => Promise<T>,
      route: string | null = null,
    ): Promise<{ readonly result: T; readonly invocation: Invocation }> {
      const invocation: Invocation = {
        functionName,
        route,
        calls: [],
        lines: [],
        waitedMs: 0,
        answerBytes: 0,
      };
      invocations.push(invocation);
      return { result: await current.run(invocation, work), invocation };
    },
    /** Makes a request on behalf of the invocation under way. */
    async call<T>(
      request: Pick<Call, "to" | "operation" | "bytes"> & { readonly amount?: number },
      work: () => Promise<T>,
      measure: (answer: T) => Measured = () => nothingMeasured,
    ): Promise<T> {
      const began = (tick += 1);
      const answer = await work();
      const call = { amount: 1, ...request, ...measure(answer), began, ended: (tick += 1) };
      current.getStore()?.calls.push(call);
      return answer;
    },
    line: (text: string) => void current.getStore()?.lines.push(text),
    waited(ms: number) {
      const invocation = current.getStore();
      if (invocation) invocation.waitedMs += ms;
    },
    /** Everything since it was taken last. */
    take(): readonly Invocation[] {
      const taken = invocations;
      invocations = [];
      return taken;
    },
  };
};
