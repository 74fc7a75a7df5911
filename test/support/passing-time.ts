/** Runs stories side by side while time passes in steps. When a step begins, every story waits or has ended. */
export const passingTime = (advance: () => void) => {
  const waiting = new Set<() => void>();
  const faults: unknown[] = [];
  let under = 0;
  let settled = Promise.withResolvers<undefined>();
  const check = () => {
    if (under === waiting.size) settled.resolve(undefined);
  };

  return {
    faults,
    /** Resolves at the next step. */
    later: () =>
      new Promise<void>((resolve) => {
        waiting.add(resolve);
        check();
      }),
    begin(story: () => Promise<void>): void {
      under += 1;
      void story()
        .catch((fault: unknown) => void faults.push(fault))
        .finally(() => {
          under -= 1;
          check();
        });
    },
    /**
     * Makes a step. The waiting stories go on, beside the stories that `start` begins. Resolves when all of them wait
     * again or have ended.
     */
    async step(start: () => void): Promise<void> {
      advance();
      settled = Promise.withResolvers<undefined>();
      const going = [...waiting];
      waiting.clear();
      for (const go of going) go();
      start();
      check();
      await settled.promise;
    },
    unfinished: () => under,
  };
};
