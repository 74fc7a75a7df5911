import type { Instant } from "../account/ids.ts";
import { problem, type Problem } from "./problem.ts";

/** 429 with the seconds to wait, at least one. */
export const tooManyAttempts = (until: Instant, now: Instant): Problem<"too_many_attempts"> =>
  problem("too_many_attempts", { retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) });
