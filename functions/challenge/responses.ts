import type { Decided } from "../../lib/account/decide-account.ts";
import type { AnswerOutcome } from "../../lib/challenge/answer-challenge.ts";
import type { Closed } from "../../lib/account/challenge.ts";
import type { CompleteOutcome } from "../../lib/challenge/complete-challenge.ts";
import { clockDetails } from "../../lib/http/clock-details.ts";
import { problem, type Problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { openSession } from "./open-session.ts";
import type { Given } from "./answer-of.ts";
import type { Challenged } from "./challenged.ts";

/** The answer to a browser that sent a code. */
export async function answerResponse(
  request: Challenged,
  decided: Decided<AnswerOutcome> | undefined,
  given: Given,
) {
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "completed":
      return openSession(request, account, outcome, given);
    case "wrong_code": {
      const { attemptsLeft, clock } = outcome;
      request.services.log.info("authn_login_fail", {
        account: account.id,
        ip: request.client.ip,
        attemptsLeft,
        clockOffset: clock?.offsetSeconds,
      });
      return problem("wrong_code", {
        attemptsLeft,
        ...(clock && { clock: clockDetails(clock.offsetSeconds, request.now) }),
      });
    }
    case "ask_carrier":
      // The decision wants to ask the carrier once more: the code is not known to be right.
      return problem("wrong_code", { attemptsLeft: 0 });
    case "code_already_used":
      return problem("code_already_used");
    case "paused":
      return tooManyAttempts(outcome.until, request.now);
    case "method_unavailable":
      return problem("method_unavailable");
    case "closed":
      return closedProblem(outcome.as);
    case "no_challenge":
      return problem("no_challenge");
  }
}

/** The answer to a browser that asks whether the challenge was approved elsewhere. */
export async function completeResponse(
  request: Challenged,
  decided: Decided<CompleteOutcome> | undefined,
  given: Given,
) {
  if (!decided) return problem("no_challenge");
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "completed":
      return openSession(request, account, outcome, given);
    case "pending":
      return problem("challenge_pending");
    case "closed":
      return closedProblem(outcome.as);
    case "no_challenge":
      return problem("no_challenge");
  }
}

const closedProblem = <As extends Closed>(as: As): Problem<`challenge_${As}`> =>
  problem(`challenge_${as}`);
