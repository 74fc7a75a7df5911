import type { Outcome } from "../client.ts";
import { opened, phaseOf, say, type State } from "./state.ts";

/** What the challenge, asked after, changes. */
export function afterPoll(state: State, outcome: Outcome<"readChallenge">): State {
  switch (outcome.kind) {
    case "done":
      return withChallenge(reached(state), outcome.value);
    case "no_challenge":
      return ended(reached(state), "gone");
    case "unreachable":
      return { ...state, connection: "unreachable" };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unexpected":
      return { ...state, connection: "unavailable" };
  }
}

/** The challenge as the service tells it now. */
export function withChallenge(state: State, challenge: State["challenge"]): State {
  if (challenge.id !== state.challenge.id) {
    // Another window began anew, and this browser's one cookie with it: what is shown must be what can be answered.
    return challenge.purpose === state.challenge.purpose && challenge.status === "pending"
      ? { ...opened(challenge, state.chosen), connection: state.connection }
      : ended(state, "elsewhere");
  }
  const next = { ...state, challenge, phase: phaseOf(challenge) };
  const { unanswered } = state;
  if (!unanswered || challenge.attemptsLeft >= unanswered.attemptsLeft) return next;
  return {
    ...say(next, unanswered.method, { kind: "wrong_code", attemptsLeft: challenge.attemptsLeft }),
    unanswered: undefined,
  };
}

/** The service answers again, and that is worth a word only after it did not. */
export const reached = (state: State): State => ({
  ...state,
  connection:
    state.connection === "unreachable" || state.connection === "unavailable"
      ? "back"
      : state.connection,
});

/** Over without a session here, unless another window made one: who is signed in tells. */
export const ended = (state: State, otherwise: "elsewhere" | "gone"): State => ({
  ...state,
  busy: false,
  unanswered: undefined,
  phase: { kind: "looking", otherwise },
});
