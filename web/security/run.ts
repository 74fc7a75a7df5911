import type { Client, SecurityView } from "../client.ts";
import { isUnanswered } from "../client/outcome.ts";
import { readServerClock, type ServerClock } from "../client/server-clock.ts";
import type { Watch } from "../client/watch-challenge.ts";
import type { Flow, Task } from "./flow.ts";
import { afterLook } from "./link-telegram.ts";
import { loadSecondStep } from "./second-step-module.ts";
import * as states from "./state.ts";
import type { Texts } from "./texts/en.ts";
import { watchLink } from "./watch-link.ts";

/** How long a re-authentication can be sent again with the cookie that it replaced. */
const repeatMs = 60_000;

/** What a run tells, and needs to know. */
export type Listener = {
  readonly texts: () => Texts;
  readonly heard: (state: states.State, before: states.State) => void;
  /** The account after a change. */
  readonly changed: (view: SecurityView) => void;
  /** Sees to it that the second step can be shown; false: it cannot now. */
  readonly secondStep?: () => Promise<boolean>;
};

/** The tab at work: it sends what the person asks for, one request at a time, and says what has become of it. */
export type Run = ReturnType<typeof runSecurity>;

export function runSecurity(
  client: Client,
  { texts, heard, changed, secondStep = loadSecondStep }: Listener,
) {
  let state = states.initial;
  let clock: ServerClock = { now: () => Date.now() };
  /** What a re-authentication was asked for. */
  let waiting: Task | undefined;
  let watched: { readonly id: string; readonly watch: Watch } | undefined;
  let stopped = false;
  /**
   * Until then the cookie here may be one that a re-authentication replaced, and the answer with the new one was lost. By
   * the page's monotonic clock.
   */
  let doubtUntil = 0;

  const isDoubtful = () => performance.now() < doubtUntil;
  const set = (next: states.State) => {
    if (stopped) return;
    const before = state;
    // The old cookie is refused then, which ends no session: the password, typed again, brings the new one.
    state = next.page === "signed_out" && isDoubtful() ? { ...state, busy: next.busy } : next;
    follow(states.linkOut(state)?.link.id);
    heard(state, before);
  };
  const update = (changes: Partial<states.State>) => set({ ...state, ...changes });

  const follow = (id: string | undefined) => {
    if (id === watched?.id) return;
    watched?.watch.stop();
    watched = id === undefined ? undefined : { id, watch: watchLink(client, id, looked) };
  };
  const looked: Parameters<typeof watchLink>[2] = (outcome) => {
    const flow = states.linkOut(state);
    const next = flow && afterLook(flow, outcome);
    // A request that is under way goes on meanwhile.
    const { opener, busy } = state;
    if (next) set({ ...states.afterTask(state, next, opener, texts()), busy });
  };

  const load = async () => {
    const [security, sessions, read] = await Promise.all([
      client.readSecurity(),
      client.listSessions(),
      readServerClock(client),
    ]);
    clock = read ?? clock;
    set(states.loaded(state, security, sessions));
  };

  const perform = async (task: Task) => {
    if (state.busy) return;
    const { opener } = state;
    set(states.begun(state));
    const next = await task(client);
    waiting = task;
    const asks = next.problem?.kind === "unauthenticated" && isDoubtful();
    const said = asks ? { ...next, problem: { kind: "reauthentication_required" } as const } : next;
    set(states.afterTask(state, said, opener, texts()));
    if (!next.view) return;
    changed(next.view);
    await load();
  };

  const reauthenticate = async (password: string) => {
    if (state.busy) return;
    set(states.begun(state));
    const [outcome, ready] = await Promise.all([
      client.reauthenticate({ body: { password } }),
      state.view?.secondStep ? secondStep() : true,
    ]);
    if (isUnanswered(outcome)) doubtUntil = performance.now() + repeatMs;
    else if (outcome.kind === "done" || outcome.kind === "unauthenticated") doubtUntil = 0;
    const asked = state.reauth !== undefined;
    if (outcome.kind === "done" && outcome.value.status === "second_step" && !ready) {
      void client.cancelChallenge();
      set(states.afterPassword(state, { kind: "unreachable" }));
      return;
    }
    set(states.afterPassword(state, outcome));
    if (outcome.kind !== "done") return;
    if (outcome.value.status === "reauthenticated") await (asked && goOn());
    else if (!asked) void client.cancelChallenge();
  };

  /** Carries out what was begun before the re-authentication. */
  const goOn = async () => {
    update({ reauth: undefined });
    if (waiting) await perform(waiting);
  };

  /** Leaves a step. Where it had no answer, what it asked for may have been done: the account is read anew. */
  const leave = (next: states.State) => {
    if (state.problem) void load();
    set(next);
  };

  const endSessions = async (id?: string) => {
    if (state.busy) return;
    set(states.begun(state));
    const outcome = await (id === undefined
      ? client.endOtherSessions()
      : client.endSession({ id }));
    set(states.afterEnding(state, outcome, texts()));
    await load();
  };

  return {
    state: () => state,
    now: () => clock.now(),
    update,
    load,
    perform,
    reauthenticate,
    goOn,
    endSessions,
    open: (flow: Flow, opener: string) => leave(states.opened(state, flow, opener)),
    /** One step back: out of the re-authentication, or out of the flow. */
    close: () => {
      if (state.reauth?.step === "challenge") void client.cancelChallenge();
      leave(
        state.reauth ? { ...state, reauth: undefined, problem: undefined } : states.closed(state),
      );
    },
    /** The challenge is over without an answer. It may have been denied, which says something about the password. */
    promptAgain: () => {
      update({ reauth: { step: "password" } });
      return load();
    },
    stop: () => {
      stopped = true;
      watched?.watch.stop();
    },
  };
}
