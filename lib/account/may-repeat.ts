import type { Context } from "./account.ts";
import type { Instant } from "./ids.ts";

/** Whether the request that did something at `at` may still be repeated for the same answer. */
export const mayRepeat = (at: Instant, { now, limits }: Context): boolean =>
  now < at + limits.challenge.repeatSeconds * 1000;
