import { answer, type Answer } from "../../lib/http/answer.ts";
import { problem, type Problem } from "../../lib/http/problem.ts";

/** GET /v1/health. It says nothing of what is wrong: anybody may ask, and operators have the log. */
export const answerHealth = async (
  isHealthy: () => Promise<boolean>,
): Promise<Answer<200, { readonly status: "ok" }> | Problem<"unavailable">> =>
  (await isHealthy()) ? answer(200, { status: "ok" }) : problem("unavailable", { retryAfter: 5 });
