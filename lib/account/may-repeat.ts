import type { Context } from "./account.ts";
import type { Instant } from "./ids.ts";

/** Whether what was done at `at` may still be asked for again, by the request that did it. */
export const mayRepeat = (at: Instant, { now, limits }: Context): boolean =>
  now < at + limits.challenge.repeatSeconds * 1000;
