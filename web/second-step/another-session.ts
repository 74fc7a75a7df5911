import type { ProblemDetails } from "../../lib/http/problem.ts";
import { reached } from "./reached.ts";
import type { AnotherSession, State } from "./state.ts";

/** Who would be signed in, and who is, as the service tells it. */
export const anotherSession = ({
  account,
  session,
}: Pick<ProblemDetails, "account" | "session">): AnotherSession => ({
  account: account?.email ?? "",
  session: session?.email ?? "",
});

/** The question instead of what was shown. A code that was typed has not been read, and is sent again after a "yes". */
export const askedFirst = (
  state: State,
  told: Pick<ProblemDetails, "account" | "session">,
): State => ({
  ...reached(state),
  busy: false,
  phase: { kind: "another_session", ...anotherSession(told) },
});
