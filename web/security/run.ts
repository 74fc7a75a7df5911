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

/** How long the service accepts a repeated reauthentication with the cookie that it replaced, in milliseconds. */
const repeatMs = 60_000;

/** What a run reports, and what it needs to know. */
export type Listener = {
  readonly texts: () => Texts;
  readonly heard: (state: states.State, before: states.State) => void;
  /** The run calls it with the account after a change. */
  readonly changed: (view: SecurityView) => void;
  /** Loads the second step's element. Resolves to false if that is not possible now. */
  readonly secondStep?: () => Promise<boolean>;
};

/** A running tab. It sends the person's requests, one at a time, and reports the results. */
export type Run = ReturnType<typeof runSecurity>;

export function runSecurity(
  client: Client,
  { texts, heard, changed, secondStep = loadSecondStep }: Listener,
) {
  let state = states.initial;
  let clock: ServerClock = { now: () => Date.now() };
  /** The task that waits for a reauthentication. */
  let waiting: Task | undefined;
  let watched: { readonly id: string; readonly watch: Watch } | undefined;
  let stopped = false;
  /**
   * A time of the page's monotonic clock. Until then this browser may hold the old cookie, because a reauthentication
   * replaced it and the answer with the new one was lost.
   */
  let doubtUntil = 0;

  const isDoubtful = () => performance.now() < doubtUntil;
  const set = (next: states.State) => {
    if (stopped) return;
    const before = state;
    // The service then refuses the old cookie, but the session has not ended. If the person types the password again,
    // the answer brings the new cookie.
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
    // A request that is under way goes on, so `busy` stays.
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

  /** Repeats the task that the person began before the reauthentication. */
  const goOn = async () => {
    update({ reauth: undefined });
    if (waiting) await perform(waiting);
  };

  /**
   * Leaves a step. After a problem the service may still have made the change, for example if the answer was lost, so
   * the run reads the account again.
   */
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
    /** Goes one step back: out of the reauthentication, or out of the flow. */
    close: () => {
      if (state.reauth?.step === "challenge") void client.cancelChallenge();
      leave(
        state.reauth ? { ...state, reauth: undefined, problem: undefined } : states.closed(state),
      );
    },
    /**
     * Asks for the password again, because the challenge is over without success. If somebody denied it, the security
     * view may now warn about the password, so the run reads the account again.
     */
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
