import type { Outcome } from "../client.ts";
import { afterAny, isOfAny, lookedFor } from "./after-any.ts";
import { reached } from "./reached.ts";
import { opened, phaseOf, say, type State } from "./state.ts";

/** The state after the page asked for the challenge. */
export function afterPoll(state: State, outcome: Outcome<"readChallenge">): State {
  if (isOfAny(outcome)) return { ...afterAny(state, outcome), busy: state.busy };
  switch (outcome.kind) {
    case "done":
      return withChallenge(reached(state), outcome.value);
    case "too_many_attempts":
      return { ...state, connection: "unavailable" };
  }
}

/** The state with the challenge as the service described it last. */
export function withChallenge(state: State, challenge: State["challenge"]): State {
  if (challenge.id !== state.challenge.id) {
    // Another window began a new challenge and replaced this browser's one challenge cookie. This page must show the
    // challenge that the person can answer.
    return challenge.purpose === state.challenge.purpose && challenge.status === "pending"
      ? { ...opened(challenge, state.chosen), connection: state.connection }
      : lookedFor(state, "elsewhere");
  }
  const next = { ...state, challenge, phase: phaseOf(challenge) };
  const { unanswered } = state;
  if (!unanswered || challenge.attemptsLeft >= unanswered.attemptsLeft) return next;
  return {
    ...say(next, unanswered.method, { kind: "wrong_code", attemptsLeft: challenge.attemptsLeft }),
    unanswered: undefined,
  };
}
