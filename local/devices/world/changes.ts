/** Lets a page wait until something that it shows has changed. */
export type Changes = {
  /** Of what there is to show now; no earlier state had it, not even one of an earlier run. */
  version: () => number;
  /** Something has changed. */
  tell: () => void;
  /** Resolves when the version is another than `known`, but not much later than its caller's patience or presence. */
  after: (known: number, gone: AbortSignal) => Promise<void>;
  /** Lets nobody wait any longer: an open request would hold up the end of the stack. */
  end: () => void;
};

/** Shorter than proxies and browsers wait for an answer. */
const PATIENCE_MS = 20_000;

export function createChanges(): Changes {
  // The page must notice that the stack was started anew, so a run goes on beyond where an earlier one can have ended.
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
