import type { Context } from "../../lib/account/account.ts";
import type { Instant } from "../../lib/account/ids.ts";
import { defaultLimits, type Limits } from "../../lib/settings/limits.ts";

/** The instant of an ISO 8601 time. */
export const at = (time: string): Instant => {
  const instant = Date.parse(time);
  if (Number.isNaN(instant)) throw new Error(`${time} is no time.`);
  return instant;
};

/** The time of most tests. It is the first moment of a time step. */
export const noon = at("2026-11-24T12:00:00Z");

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The context of a decision at that time. */
export const context = (now: Instant, limits: Limits = defaultLimits): Context => ({ now, limits });
