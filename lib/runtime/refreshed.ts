/** A value from elsewhere that is kept and asked for again while it is in use. */
export type Refreshed<T> = {
  /**
   * The value. At most `longestAgeSeconds` old, unless it cannot be had: then the old one goes on being good, and
   * whoever operates the service is told. Fails only where there has never been one.
   */
  readonly get: () => Promise<T>;
  /** The value as it is now, for whom the kept one turned out to be wrong. Fails where it cannot be had. */
  readonly fresh: () => Promise<T>;
};

/** From this age on a value is asked for again, beside the request that noticed. */
const refreshAfterSeconds = 300;

/**
 * Nobody acts on a value older than this while it can be had. A function that was frozen for an hour wakes up with the
 * value of an hour ago: that request waits, else it would meet what was made with a key that it does not know.
 */
export const longestAgeSeconds = 600;

/** After a refresh that failed, so that not every request waits for the next one to fail. */
const retryAfterSeconds = 10;

/** A younger value counts as fresh: what is wrong for good must not be asked for at every request. */
const freshSeconds = 5;

export type RefreshServices = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly onFailure: (fault: unknown) => void;
};

/** Asked for at first use; however many ask at once, it is fetched once. */
export const refreshed = <T>(
  fetch: () => Promise<T>,
  { now, onFailure }: RefreshServices,
): Refreshed<T> => {
  let held: { readonly value: T; readonly asOf: number } | undefined;
  let running: Promise<T> | undefined;
  let retryAt = 0;

  const refresh = (): Promise<T> => {
    running ??= fetchOnce().finally(() => (running = undefined));
    return running;
  };

  const fetchOnce = async (): Promise<T> => {
    // As old as the question: a function may be frozen between it and the answer.
    const asOf = now();
    try {
      const value = await fetch();
      held = { value, asOf };
      return value;
    } catch (fault) {
      retryAt = now() + retryAfterSeconds * 1000;
      if (held) onFailure(fault);
      throw fault;
    }
  };

  const ageSeconds = () => (held ? (now() - held.asOf) / 1000 : Infinity);

  return {
    async get() {
      if (!held) return refresh();
      if (ageSeconds() < refreshAfterSeconds || now() < retryAt) return held.value;
      const refreshing = refresh().catch(() => undefined);
      if (ageSeconds() < longestAgeSeconds) return held.value;
      await refreshing;
      // That was perhaps the answer to a question of before the freeze.
      if (ageSeconds() >= longestAgeSeconds && now() >= retryAt) {
        await refresh().catch(() => undefined);
      }
      return held.value;
    },

    async fresh() {
      return held && ageSeconds() < freshSeconds ? held.value : refresh();
    },
  };
};
