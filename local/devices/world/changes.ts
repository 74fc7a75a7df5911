/** Lets a page wait until something that it shows has changed. */
export type Changes = {
  /** The version of the present state. No earlier state had it, not even a state of an earlier run. */
  version: () => number;
  /** Tells all who wait that something has changed. */
  tell: () => void;
  /** Resolves when the version differs from `known`, when `PATIENCE_MS` is over, or when the caller is gone. */
  after: (known: number, gone: AbortSignal) => Promise<void>;
  /** Ends all waiting: an open request would delay the end of the stack. */
  end: () => void;
};

/** Shorter than proxies and browsers wait for an answer. */
const PATIENCE_MS = 20_000;

export function createChanges(): Changes {
  // A run starts at a version that no earlier run can have reached, so the page notices a new start of the stack.
  let version = Date.now();
  let ended = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const each of [...waiting]) each();
  };

  return {
    version: () => version,
    tell: () => {
      version += 1;
      wake();
    },
    after: async (known, gone) => {
      if (ended || known !== version || gone.aborted) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          gone.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, PATIENCE_MS);
        timer.unref();
        gone.addEventListener("abort", done);
        waiting.add(done);
      });
    },
    end: () => {
      ended = true;
      wake();
    },
  };
}
