import type { FunctionOutcome } from "../lambda/instance.ts";

type Invoke = (name: string, event: unknown, requestId: string) => Promise<FunctionOutcome>;

/** By then a function has done what it was called for, though it may still watch what becomes of it. */
const PATIENCE_MS = 2000;

/** Invocations that are known while they are under way. */
export function trackUnderWay(invoke: Invoke): {
  invoke: Invoke;
  /** Resolves when those under way now have returned, or have had two seconds each. */
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
