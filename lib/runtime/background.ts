/** Takes work that no answer depends on. The promise resolves when the caller may go on. */
export type Background = (work: Promise<void>) => Promise<void>;

/** For functions that give no answer: the caller waits for the work. */
export const waitedFor: Background = (work) => work;

/** Work beside answers: the caller goes on at once, and the function waits for the work before it ends. */
export type WorkBeside = {
  readonly take: Background;
  /** Resolves when all work taken so far is done. Never rejects: each work reports its own faults. */
  readonly done: () => Promise<void>;
};

export const workBeside = (): WorkBeside => {
  const running = new Set<Promise<void>>();
  return {
    take(work) {
      const ended: Promise<void> = work.catch(() => undefined).finally(() => running.delete(ended));
      running.add(ended);
      return Promise.resolve();
    },
    done: async () => {
      await Promise.all(running);
    },
  };
};
