import type { Challenge, Outcome, SecurityView } from "../client.ts";
import type { Sessions } from "../client/views.ts";
import { areaOf, type Area, type Flow, type LinkOut, type Next, type Refused } from "./flow.ts";
import type { Texts } from "./texts/en.ts";

/** Everything that the tab knows. */
export type State = {
  readonly page: "loading" | "ready" | "failed" | "signed_out";
  readonly view?: SecurityView;
  readonly sessions: Sessions;
  readonly flow?: Flow | undefined;
  /** The id of the button that opened the flow. The focus returns there. */
  readonly opener?: string | undefined;
  /** The reauthentication in front of the flow. The flow waits behind it unchanged. */
  readonly reauth?: Reauth | undefined;
  readonly problem?: Refused | undefined;
  /** A success, shown in the card where it happened. */
  readonly news?: { readonly area: Area; readonly text: string } | undefined;
  readonly busy: boolean;
  /** Whether the person said that they have kept the recovery codes. */
  readonly saved: boolean;
  readonly copied?: boolean | undefined;
};

export type Reauth =
  { readonly step: "password" } | { readonly step: "challenge"; readonly challenge: Challenge };

export const initial: State = { page: "loading", sessions: [], busy: false, saved: false };

/** The state after the tab read the account. If it cannot read the account again, it keeps what it shows. */
export function loaded(
  state: State,
  security: Outcome<"readSecurity">,
  sessions: Outcome<"listSessions">,
): State {
  if (security.kind === "unauthenticated" || sessions.kind === "unauthenticated") {
    return signedOut(state);
  }
  if (security.kind === "done" && sessions.kind === "done") {
    return { ...state, page: "ready", view: security.value, sessions: sessions.value.sessions };
  }
  if (state.page === "ready") return state;
  const problem = security.kind === "done" ? sessions : security;
  return problem.kind === "done" ? state : { ...state, page: "failed", problem };
}

/** Opens a flow and closes the one that was open. */
export const opened = (state: State, flow: Flow, opener: string): State => ({
  ...closed(state),
  flow,
  opener,
});

export const closed = (state: State): State => ({
  ...state,
  flow: undefined,
  opener: undefined,
  reauth: undefined,
  problem: undefined,
  news: undefined,
  saved: false,
  copied: undefined,
});

export const begun = (state: State): State => ({
  ...state,
  busy: true,
  problem: undefined,
  news: undefined,
});

/**
 * The state after a task that the flow of `opener` began. If the person has opened another flow meanwhile, they stay in
 * it. But the tab always shows new recovery codes, because the old ones no longer work and the service tells the new
 * ones only once.
 */
export function afterTask(
  state: State,
  next: Next,
  opener: string | undefined,
  texts: Pick<Texts, "news" | "othersEnded">,
): State {
  const settled = { ...state, busy: false, ...(next.view ? { view: next.view } : {}) };
  if (next.problem?.kind === "unauthenticated") return signedOut(settled);
  const { flow } = next;
  if (flow?.kind === "codes" && flow.step === "show")
    return { ...closed(settled), flow, opener: "open-codes" };
  if (!state.flow || state.opener !== opener) return settled;
  if (next.problem?.kind === "reauthentication_required") {
    return { ...settled, reauth: { step: "password" } };
  }
  const news = next.news && {
    area: areaOf(state.flow),
    text: `${texts.news[next.news]} ${texts.othersEnded}`,
  };
  if (!flow) return { ...closed(settled), news };
  return { ...settled, flow, problem: next.problem, copied: undefined };
}

/** The state after the password of a reauthentication. If the person has left it meanwhile, it does not come back. */
export function afterPassword(state: State, outcome: Outcome<"reauthenticate">): State {
  const settled = { ...state, busy: false };
  if (outcome.kind === "unauthenticated") return signedOut(settled);
  if (!state.reauth) return settled;
  if (outcome.kind !== "done") return { ...settled, problem: outcome };
  return outcome.value.status === "second_step"
    ? { ...settled, reauth: { step: "challenge", challenge: outcome.value.challenge } }
    : { ...settled, reauth: undefined };
}

/**
 * The state after the person ended sessions, which needs no flow. A session that had already ended counts as success.
 */
export function afterEnding(
  state: State,
  outcome: Outcome<"endSession"> | Outcome<"endOtherSessions">,
  texts: Pick<Texts, "sessions">,
): State {
  const settled = { ...state, busy: false };
  if (outcome.kind === "unauthenticated") return signedOut(settled);
  if (outcome.kind !== "done" && outcome.kind !== "not_found") {
    return { ...settled, problem: outcome };
  }
  return { ...settled, news: { area: "sessions", text: texts.sessions.ended } };
}

const signedOut = (state: State): State => ({
  ...closed(state),
  page: "signed_out",
  busy: false,
});

/** Whether the person may leave the flow. Unsaved recovery codes must not disappear by a mistaken click. */
export const mayLeave = ({ flow, saved }: State): boolean =>
  flow?.kind !== "codes" || flow.step !== "show" || saved;

/** Names the step in front; empty if there is none. When the name changes, the focus goes to the new step. */
export const stepOf = ({ flow, reauth, opener = "" }: State): string =>
  reauth ? `reauth ${reauth.step}` : flow ? `${opener} ${flow.kind} ${flow.step}` : "";

/** The open link to the bot, which somebody may be answering. */
export const linkOut = ({ flow }: State): LinkOut | undefined =>
  flow?.kind === "link" && (flow.step === "scan" || flow.step === "answered") ? flow : undefined;

/** Whether the tab shows a countdown. */
export const countsDown = ({ flow }: State, now: number): boolean =>
  flow?.kind === "phone" &&
  flow.step === "code" &&
  Date.parse(flow.enrolment.sent?.next?.availableAt ?? "") > now;
