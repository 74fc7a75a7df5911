import { reached } from "./reached.ts";
import type { Ending, State } from "./state.ts";

const unanswered = {
  unreachable: "unreachable",
  busy: "unavailable",
  unavailable: "unavailable",
  unexpected: "unavailable",
} as const;

/**
 * After `elsewhere` and `gone` the page looks for a session, which another window may have made: see `find-session.ts`.
 */
const over = {
  challenge_denied: "denied",
  challenge_expired: "expired",
  challenge_locked: "locked",
  challenge_cancelled: "elsewhere",
  challenge_completed: "elsewhere",
  no_challenge: "gone",
} as const;

/** The outcomes that every request of a challenge can have: no answer, or a challenge that is over. */
export type OfAny = keyof typeof unanswered | keyof typeof over;

export const isOfAny = <O extends { readonly kind: string }>(
  outcome: O,
): outcome is Extract<O, { kind: OfAny }> => outcome.kind in unanswered || outcome.kind in over;

/**
 * The state after such an outcome. If there was no answer, it keeps the typed code, so that the page can send it again.
 */
export function afterAny(state: State, { kind }: { readonly kind: OfAny }): State {
  if (kind in unanswered) {
    return { ...withoutBusy(state), connection: unanswered[kind as keyof typeof unanswered] };
  }
  const ending = over[kind as keyof typeof over];
  return ending === "elsewhere" || ending === "gone"
    ? lookedFor(reached(state), ending)
    : endedAs(reached(state), ending);
}

/** The challenge is over. The page now looks for a session that another window may have made. */
export const lookedFor = (state: State, otherwise: "elsewhere" | "gone"): State => ({
  ...withoutBusy(state),
  unanswered: undefined,
  phase: { kind: "looking", otherwise },
});

export const endedAs = (state: State, ending: Ending): State => ({
  ...withoutBusy(state),
  unanswered: undefined,
  phase: { kind: "ended", ending },
});

export const withoutBusy = (state: State): State => ({ ...state, busy: false });
