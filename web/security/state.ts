import type { Challenge, Outcome, SecurityView } from "../client.ts";
import type { Sessions } from "../client/views.ts";
import { areaOf, type Area, type Flow, type LinkOut, type Next, type Refused } from "./flow.ts";
import type { Texts } from "./texts/en.ts";

/** What the tab knows. */
export type State = {
  readonly page: "loading" | "ready" | "failed" | "signed_out";
  readonly view?: SecurityView;
  readonly sessions: Sessions;
  readonly flow?: Flow | undefined;
  /** The id of the button that opened the flow: focus returns there. */
  readonly opener?: string | undefined;
  /** In front of the flow, which waits behind it as it is. */
  readonly reauth?: Reauth | undefined;
  readonly problem?: Refused | undefined;
  /** A success, told in the card that it happened in. */
  readonly news?: { readonly area: Area; readonly text: string } | undefined;
  readonly busy: boolean;
  /** Whether the person said that the recovery codes are kept. */
  readonly saved: boolean;
  readonly copied?: boolean | undefined;
};

export type Reauth =
  { readonly step: "password" } | { readonly step: "challenge"; readonly challenge: Challenge };

export const initial: State = { page: "loading", sessions: [], busy: false, saved: false };

/** After reading the account. What is shown already stays when it cannot be read anew. */
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

/** Opens a flow; another one that was open is closed. */
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
 * After a task that the flow of `opener` began. Whoever has gone on to something else meanwhile stays there; but new
 * recovery codes are shown in any case, since the old ones are dead and these are told only once.
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

/** After the password of a re-authentication. Whoever has given it up meanwhile is not brought back. */
export function afterPassword(state: State, outcome: Outcome<"reauthenticate">): State {
  const settled = { ...state, busy: false };
  if (outcome.kind === "unauthenticated") return signedOut(settled);
  if (!state.reauth) return settled;
  if (outcome.kind !== "done") return { ...settled, problem: outcome };
  return outcome.value.status === "second_step"
    ? { ...settled, reauth: { step: "challenge", challenge: outcome.value.challenge } }
    : { ...settled, reauth: undefined };
}

/** After ending sessions, which needs no flow. One that had ended already is as good. */
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

/** Codes that are not kept must not vanish by a slip of the hand. */
export const mayLeave = ({ flow, saved }: State): boolean =>
  flow?.kind !== "codes" || flow.step !== "show" || saved;

/** Names the step that is in front; empty: none. When it changes, the focus goes to the new one. */
export const stepOf = ({ flow, reauth, opener = "" }: State): string =>
  reauth ? `reauth ${reauth.step}` : flow ? `${opener} ${flow.kind} ${flow.step}` : "";

/** The link to the bot that somebody may be answering. */
export const linkOut = ({ flow }: State): LinkOut | undefined =>
  flow?.kind === "link" && (flow.step === "scan" || flow.step === "answered") ? flow : undefined;

/** Whether a time is shown that runs. */
export const countsDown = ({ flow }: State, now: number): boolean =>
  flow?.kind === "phone" &&
  flow.step === "code" &&
  Date.parse(flow.enrolment.sent?.next?.availableAt ?? "") > now;
