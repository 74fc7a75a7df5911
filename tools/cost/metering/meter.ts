import { AsyncLocalStorage } from "node:async_hooks";
import type { FunctionName } from "../../../infra/settings/functions.ts";

/** One request of an invocation to another service. `began` and `ended` are ticks of a counter, not times. */
export type Call = {
  readonly to: "storage" | "aws" | "outside";
  readonly operation: string;
  /** The size of the request. */
  readonly bytes: number;
  /** The number of entries in the request: one, or the length of a list. */
  readonly amount: number;
  /**
   * For storage: the kind of item, the units that DynamoDB charges, and the size of the items in request and answer.
   */
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
  /** The route that it answers; null if it does not answer the HTTP API. */
  readonly route: string | null;
  readonly calls: Call[];
  /** The lines of its log. */
  readonly lines: string[];
  /** The size of the answer to an HTTP client. */
  answerBytes: number;
};

export type Meter = ReturnType<typeof newMeter>;

/** Records what every invocation does, also while others run beside it. It records nothing outside an invocation. */
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
    /** Returns all invocations since the last `take` and forgets them. */
    take(): readonly Invocation[] {
      const taken = invocations;
      invocations = [];
      return taken;
    },
  };
};
