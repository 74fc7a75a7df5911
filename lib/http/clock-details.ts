import type { Instant } from "../account/ids.ts";

/** By how much a phone's clock is off, with the time to set it by. */
export const clockDetails = (offsetSeconds: number, now: Instant) => ({
  offsetSeconds,
  serverTime: new Date(now).toISOString(),
});
