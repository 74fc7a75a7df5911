import type { Instant } from "../account/ids.ts";
import { problem, type Problem } from "./problem.ts";

/** A 429 with the seconds to wait, at least one. */
export const retryAt = <Code extends "too_many_attempts" | "too_early">(
  code: Code,
  until: Instant,
  now: Instant,
): Problem<Code> => problem(code, { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) });

export const tooManyAttempts = (until: Instant, now: Instant): Problem<"too_many_attempts"> =>
  retryAt("too_many_attempts", until, now);
