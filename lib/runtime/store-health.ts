import { faultFields, type Log } from "../log/log.ts";

export type StoreHealthServices = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, "error">;
};

/** How long an answer of the store is repeated, good or bad. */
const keptSeconds = 5;

/**
 * Returns whether the store answers. It asks at most once in five seconds, and callers at the same time share one
 * question: anybody may ask, so questions must cost the store next to nothing.
 */
export const storeHealth = (
  ask: () => Promise<unknown>,
  { now, log }: StoreHealthServices,
): (() => Promise<boolean>) => {
  let last: { readonly at: number; readonly answers: Promise<boolean> } | undefined;
  const askNow = async () => {
    try {
      await ask();
      return true;
    } catch (fault) {
      log.error("health_failed", faultFields(fault));
      return false;
    }
  };
  return () => {
    if (!last || now() - last.at >= keptSeconds * 1000) last = { at: now(), answers: askNow() };
    return last.answers;
  };
};
