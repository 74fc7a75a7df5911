import type { FunctionOutcome } from "../lambda/instance.ts";

type Invoke = (name: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;

/** After this time a function has done its work, though it may still watch the outcome. */
const PATIENCE_MS = 2000;

/** Keeps track of the invocations that are under way. */
export function trackUnderWay(invoke: Invoke): {
  invoke: Invoke;
  /** Resolves when each invocation that is under way now has returned, or has had two seconds. */
  settled: () => Promise<void>;
} {
  const underWay = new Set<Promise<unknown>>();
  return {
    invoke: (name, event, requestId) => {
      const outcome = invoke(name, event, requestId);
      const over = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => over.resolve(undefined), PATIENCE_MS);
      timer.unref();
      const end = (): void => {
        clearTimeout(timer);
        over.resolve(undefined);
      };
      outcome.then(end, end);
      underWay.add(over.promise);
      void over.promise.then(() => underWay.delete(over.promise));
      return outcome;
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}
