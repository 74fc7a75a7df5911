import type { ProblemDetails } from "../../lib/http/problem.ts";
import { reached } from "./reached.ts";
import type { AnotherSession, State } from "./state.ts";

/** The mail of the link's account and the mail of the present session, from the service's answer. */
export const anotherSession = ({
  account,
  session,
}: Pick<ProblemDetails, "account" | "session">): AnotherSession => ({
  account: account?.email ?? "",
  session: session?.email ?? "",
});

/**
 * The page shows the question in place of the step. The service has not compared the typed code yet; the page sends it
 * again after the person agrees.
 */
export const askedFirst = (
  state: State,
  told: Pick<ProblemDetails, "account" | "session">,
): State => ({
  ...reached(state),
  busy: false,
  phase: { kind: "another_session", ...anotherSession(told) },
});
