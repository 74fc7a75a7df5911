/** Stories that go on side by side while time passes in steps: none is in the middle of something at a step. */
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
    /** Goes on at the next step. */
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
    /** A step: what waits goes on, beside what `begin` starts in it, until all of it waits or has ended. */
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
