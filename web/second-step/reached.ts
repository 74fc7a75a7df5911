import type { State } from "./state.ts";

/** The service answers again, and that is worth a word only after it did not. */
export const reached = (state: State): State => ({
  ...state,
  connection:
    state.connection === "unreachable" || state.connection === "unavailable"
      ? "back"
      : state.connection,
});
