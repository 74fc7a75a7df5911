import type { Outcome } from "../client.ts";
import { ended, reached, withChallenge } from "./after-poll.ts";
import type { Method } from "./methods.ts";
import { say, type Ending, type State } from "./state.ts";

type CodeOutcome = Outcome<"answerTotp" | "answerPhoneCode" | "answerRecoveryCode">;
type RequestOutcome = Outcome<"askTelegram" | "requestCall">;
type Over =
  `challenge_${"denied" | "expired" | "locked" | "cancelled" | "completed"}` | "no_challenge";

/** What the answer to a code changes. `now` in the service's time, undefined while that is not known. */
export function afterCode(
  before: State,
  method: Method,
  outcome: CodeOutcome,
  now: number | undefined,
): State {
  const state = unanswered(outcome) ? before : { ...reached(before), unanswered: undefined };
  switch (outcome.kind) {
    case "done":
      return {
        ...state,
        busy: false,
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
    case "method_unavailable":
      return say(state, method, { kind: outcome.kind });
    case "too_many_attempts":
      return say(state, method, { kind: "paused", until: later(now, outcome.retryAfter) });
    case "forbidden_origin":
      return say(state, method, { kind: "refused" });
    case "unauthenticated":
      return endedAs(state, "signed_out");
    case "unreachable":
      return { ...state, busy: false, connection: "unreachable" };
    case "busy":
    case "unavailable":
    case "unexpected":
      return { ...state, busy: false, connection: "unavailable" };
    case "challenge_denied":
    case "challenge_expired":
    case "challenge_locked":
    case "challenge_cancelled":
    case "challenge_completed":
    case "no_challenge":
      return afterOver(state, outcome.kind);
  }
}

/** What the answer to "ask again" or "call me" changes. */
export function afterRequest(before: State, method: Method, outcome: RequestOutcome): State {
  const state = unanswered(outcome) ? before : reached(before);
  switch (outcome.kind) {
    case "done":
      return {
        ...withChallenge(state, outcome.value),
        busy: false,
        said: undefined,
        pickingNumber: false,
      };
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
    case "unreachable":
      return { ...state, busy: false, connection: "unreachable" };
    case "busy":
    case "unavailable":
    case "unexpected":
      return { ...state, busy: false, connection: "unavailable" };
    case "challenge_denied":
    case "challenge_expired":
    case "challenge_locked":
    case "challenge_cancelled":
    case "challenge_completed":
    case "no_challenge":
      return afterOver(state, outcome.kind);
  }
}

/** What the exchange of an answer that was given elsewhere changes. */
export function afterCompletion(before: State, outcome: Outcome<"completeChallenge">): State {
  const state = unanswered(outcome) ? before : reached(before);
  switch (outcome.kind) {
    case "done":
      return { ...state, phase: { kind: "completed", value: outcome.value, by: "telegram" } };
    case "challenge_pending":
      return { ...state, phase: { kind: "pending" } };
    case "unauthenticated":
      return endedAs(state, "signed_out");
    case "unreachable":
      return { ...state, connection: "unreachable" };
    case "busy":
    case "unavailable":
    case "unexpected":
    case "too_many_attempts":
    case "invalid_request":
    case "forbidden_origin":
      return { ...state, connection: "unavailable" };
    case "challenge_denied":
    case "challenge_expired":
    case "challenge_locked":
    case "challenge_cancelled":
    case "challenge_completed":
    case "no_challenge":
      return afterOver(state, outcome.kind);
  }
}

const afterOver = (state: State, over: Over): State => {
  switch (over) {
    case "challenge_completed":
    case "challenge_cancelled":
      return ended(state, "elsewhere");
    case "no_challenge":
      return ended(state, "gone");
    case "challenge_denied":
      return endedAs(state, "denied");
    case "challenge_expired":
      return endedAs(state, "expired");
    case "challenge_locked":
      return endedAs(state, "locked");
  }
};

export const endedAs = (state: State, ending: Ending): State => ({
  ...state,
  busy: false,
  unanswered: undefined,
  phase: { kind: "ended", ending },
});

/** Nobody knows whether these requests were carried out: what was typed is kept, to be sent again. */
const unanswered = ({ kind }: { readonly kind: string }): boolean =>
  ["unreachable", "busy", "unavailable", "unexpected"].includes(kind);

const later = (now: number | undefined, seconds: number | undefined): number | undefined =>
  now === undefined || seconds === undefined ? undefined : now + seconds * 1000;
