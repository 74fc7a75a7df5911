/** A value from elsewhere that is kept, and fetched again while it is in use. */
export type Refreshed<T> = {
  /**
   * Returns the value. It is at most `longestAgeSeconds` old, unless a fetch fails: then the old value stays good, and
   * the operator is told. Rejects only where no fetch has succeeded yet.
   */
  readonly get: () => Promise<T>;
  /**
   * Fetches the value as it is now, for a caller for whom the kept one turned out to be wrong. Rejects where the fetch
   * fails.
   */
  readonly fresh: () => Promise<T>;
};

/** From this age on, a request that uses the value starts a refresh and does not wait for it. */
const refreshAfterSeconds = 300;

/**
 * No request uses an older value while a new one can be fetched. A function that was frozen for an hour wakes up with a
 * value that is an hour old. Its first request waits for a new value, because it may meet something that was made with
 * a key that the old value does not have.
 */
export const longestAgeSeconds = 600;

/** The wait after a failed refresh, so that not every request waits for another failure. */
const retryAfterSeconds = 10;

/** A younger value counts as fresh, so that a value that stays wrong is not fetched at every request. */
const freshSeconds = 5;

export type RefreshServices = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly onFailure: (fault: unknown) => void;
};

/** Fetches the value at its first use. Callers at the same time share one fetch. */
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
    // The age counts from before the fetch: the function may be frozen between the request and its answer.
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
      // That answer may belong to a request from before the freeze.
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
