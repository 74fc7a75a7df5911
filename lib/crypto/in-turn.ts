/** Runs at most `width` of the given jobs at a time. The others wait in the order in which they came. */
export const inTurn = (width: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async <T>(job: () => Promise<T>): Promise<T> => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
