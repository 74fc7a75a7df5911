import type { Instant } from "../account/ids.ts";

/** Tells how far a phone's clock is off, and the time to set it to. */
export const clockDetails = (offsetSeconds: number, now: Instant) => ({
  offsetSeconds,
  serverTime: new Date(now).toISOString(),
});
