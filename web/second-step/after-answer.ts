import type { Outcome } from "../client.ts";
import { afterAny, endedAs, isOfAny, withoutBusy } from "./after-any.ts";
import { askedFirst } from "./another-session.ts";
import { withChallenge } from "./after-poll.ts";
import type { CodeOutcome } from "./answer-code.ts";
import type { Method } from "./methods.ts";
import { reached } from "./reached.ts";
import { say, type State } from "./state.ts";

/**
 * The state after the answer to a code.
 *
 * @param now the service's time in milliseconds; undefined while the page does not know it.
 */
export function afterCode(
  before: State,
  method: Method,
  outcome: CodeOutcome,
  now: number | undefined,
): State {
  if (isOfAny(outcome)) return afterAny(before, outcome);
  const state = { ...reached(before), unanswered: undefined };
  switch (outcome.kind) {
    case "done":
      return {
        ...withoutBusy(state),
        phase: { kind: "completed", value: outcome.value, by: method },
      };
    case "wrong_code": {
      const { attemptsLeft = 0, clock } = outcome;
      if (attemptsLeft === 0) return endedAs(state, "locked");
      const challenge = { ...state.challenge, attemptsLeft };
      const what = { kind: "wrong_code", attemptsLeft, ...(clock && { clock }) } as const;
      return say({ ...state, challenge }, method, what);
    }
    case "invalid_request":
      return say(state, method, { kind: "incomplete" });
    case "code_already_used":
    case "code_unavailable":
    case "method_unavailable":
      return say(state, method, { kind: outcome.kind });
    case "too_many_attempts":
      return say(state, method, { kind: "paused", until: later(now, outcome.retryAfter) });
    case "forbidden_origin":
      return say(state, method, { kind: "refused" });
    case "session_of_another_account":
      return askedFirst(before, outcome);
    case "unauthenticated":
      return endedAs(state, "signed_out");
  }
}

/** The state after the answer to "prompt again" or "call me". */
export function afterRequest(
  before: State,
  method: Method,
  outcome: Outcome<"promptTelegram" | "requestCall">,
): State {
  if (isOfAny(outcome)) return afterAny(before, outcome);
  const state = reached(before);
  switch (outcome.kind) {
    case "done": {
      const next = withoutBusy(withChallenge(state, outcome.value));
      return { ...next, said: undefined, pickingNumber: false };
    }
    case "too_early":
    case "no_way_left":
    case "method_unavailable":
      return say(state, method, { kind: outcome.kind });
    case "too_many_attempts":
      return say(state, method, { kind: "too_early" });
    case "invalid_request":
    case "not_found":
    case "forbidden_origin":
      return say(state, method, { kind: "refused" });
  }
}

/** The state after the page exchanged an approved challenge for a session. */
export function afterCompletion(before: State, outcome: Outcome<"completeChallenge">): State {
  if (isOfAny(outcome)) return afterAny(before, outcome);
  const state = reached(before);
  switch (outcome.kind) {
    case "done":
      return { ...state, phase: { kind: "completed", value: outcome.value, by: "telegram" } };
    case "challenge_pending":
      return { ...state, phase: { kind: "pending" } };
    case "session_of_another_account":
      return askedFirst(state, outcome);
    case "unauthenticated":
      return endedAs(state, "signed_out");
    case "too_many_attempts":
    case "invalid_request":
    case "forbidden_origin":
      return { ...state, connection: "unavailable" };
  }
}

const later = (now: number | undefined, seconds: number | undefined): number | undefined =>
  now === undefined || seconds === undefined ? undefined : now + seconds * 1000;
