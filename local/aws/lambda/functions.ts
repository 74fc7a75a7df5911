import type { FunctionPlan } from "../plan/plan.ts";
import { environmentOf } from "./environment.ts";
import type { Endpoints } from "./environment.ts";
import { startInstance } from "./instance.ts";
import type { FunctionOutcome, Instance } from "./instance.ts";
import type { Log } from "./log.ts";
import { createPool } from "./pool.ts";

export type Functions = {
  invoke: (name: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;
  /** Starts an instance of every function, one after another, so that first requests are quick. */
  warm: () => Promise<void>;
  stop: () => Promise<void>;
};

export type FunctionsOptions = {
  plans: readonly FunctionPlan[];
  endpoints: Endpoints;
  clockOffset: SharedArrayBuffer;
  log: Log;
  /** Hears of every event that a function did not answer. */
  onFailure: (functionName: string, reason: string) => void;
};

/** Makes the plan's functions. Each has its own threads, which start when they are needed. */
export function createFunctions({
  plans,
  endpoints,
  clockOffset,
  log,
  onFailure,
}: FunctionsOptions): Functions {
  const pools = new Map(
    plans.map((plan) => {
      const start = (): Instance =>
        startInstance({
          start: { ...plan, functionName: plan.name, functionArn: plan.arn, clockOffset },
          environment: environmentOf(plan, endpoints),
          onOutput: log.collect(plan.name),
        });
      return [plan.name, createPool(start)] as const;
    }),
  );

  return {
    invoke: async (name, event, requestId) => {
      const pool = pools.get(name);
      if (!pool) throw new Error(`There is no function ${name}.`);
      const outcome = await pool.invoke(event, requestId);
      const reason = failureOf(outcome);
      if (reason !== undefined) {
        log.add({
          level: "ERROR",
          function_name: name,
          function_request_id: requestId,
          message: reason,
        });
        onFailure(name, reason);
      }
      return outcome;
    },
    warm: async () => {
      for (const pool of pools.values()) await pool.warm();
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

function failureOf(outcome: FunctionOutcome): string | undefined {
  switch (outcome.kind) {
    case "returned":
      return undefined;
    case "threw":
      return outcome.error.stack ?? `${outcome.error.name}: ${outcome.error.message}`;
    case "timed_out":
      return "Task timed out";
    case "crashed":
      return outcome.reason;
  }
}
