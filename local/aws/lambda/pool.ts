import type { FunctionOutcome, Instance } from "./instance.ts";

/** All instances of one function. */
export type Pool = {
  invoke: (event: unknown, requestId: string) => Promise<FunctionOutcome>;
  /** Starts the first instance ahead of the first event; resolves when it is loaded. */
  warm: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Enough for real races between requests; more would only crowd one machine. */
const MAX_INSTANCES = 3;

/**
 * Gives each event to an idle instance. If none is idle, it starts one more while there are fewer than three; otherwise
 * the event waits. The next event that needs an instance replaces one that timed out or crashed.
 */
export function createPool(startInstance: () => Instance): Pool {
  const instances = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: ((instance: Instance) => void)[] = [];
  let stopped = false;

  const start = (): Instance => {
    const instance = startInstance();
    instances.add(instance);
    return instance;
  };

  const acquire = (): Instance | Promise<Instance> => {
    for (let instance = idle.pop(); instance; instance = idle.pop()) {
      if (instance.alive()) return instance;
      instances.delete(instance);
    }
    if (instances.size < MAX_INSTANCES) return start();
    return new Promise((resolve) => waiting.push(resolve));
  };

  const release = (instance: Instance): void => {
    const usable = instance.alive();
    if (!usable) instances.delete(instance);
    const next = stopped ? undefined : waiting.shift();
    if (next) next(usable ? instance : start());
    else if (usable) idle.push(instance);
  };

  return {
    invoke: async (event, requestId) => {
      if (stopped) return { kind: "crashed", reason: "the stack is stopping" };
      const instance = await acquire();
      try {
        return await instance.invoke(event, requestId);
      } finally {
        release(instance);
      }
    },
    warm: async () => {
      if (instances.size > 0 || stopped) return;
      const instance = start();
      idle.push(instance);
      await instance.settled;
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...instances].map((instance) => instance.stop()));
    },
  };
}
