import type { State } from "./state.ts";

/** The service has answered. The page says that the connection is back only if it was lost before. */
export const reached = (state: State): State => ({
  ...state,
  connection:
    state.connection === "unreachable" || state.connection === "unavailable"
      ? "back"
      : state.connection,
});
