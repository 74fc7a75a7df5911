import type { Challenge, Client, Outcome } from "../client.ts";
import { readServerClock, type ServerClock } from "../client/server-clock.ts";
import { watchChallenge, type Watch } from "../client/watch-challenge.ts";
import { endedAs } from "./after-any.ts";
import { afterCode, afterCompletion, afterRequest } from "./after-answer.ts";
import { afterPoll } from "./after-poll.ts";
import { answerCode } from "./answer-code.ts";
import type { Method } from "./methods.ts";
import { findSession } from "./find-session.ts";
import { choose, opened, say, type State, type Unanswered } from "./state.ts";
import type { Run, World } from "./world.ts";

const retryMs = [1000, 2000, 4000, 8000];
const resends = 4;
const backMs = 5000;

/**
 * Takes a challenge to its end: it watches the challenge, sends what the person does, and collects the session. It
 * calls `changed` with every new state, and with the first one at once.
 */
export function runSecondStep(
  client: Client,
  challenge: Challenge,
  world: World,
  changed: (state: State) => void,
): Run {
  const over = new AbortController();
  const { signal } = over;
  const { surroundings } = world;
  let state = opened(challenge, world.remembered);
  let clock: ServerClock | undefined;
  let reading: Promise<void> | undefined;
  let watch: Watch | undefined;
  /** Says that the service may replace another account's session. Set only after the person has agreed. */
  let agreed: { readonly replaceSession?: true } = {};
  const now = () => clock?.now();

  const become = (next: State) => {
    if (signal.aborted) return;
    const entered = next.phase.kind !== state.phase.kind;
    state = next;
    changed(state);
    if (entered) enter();
  };
  const enter = () => {
    const { phase } = state;
    watch?.stop();
    if (phase.kind === "pending") follow();
    if (phase.kind === "finishing") background(finish());
    if (phase.kind === "looking") background(look(phase.otherwise));
    if (phase.kind === "completed" || phase.kind === "ended") forget();
  };
  // If `stop` aborts a request, the request rejects, and nobody waits for its result any more.
  const background = (work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  };
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      surroundings.setTimer(resolve, ms);
    });

  const follow = () => {
    watch?.stop();
    watch = watchChallenge(client, (outcome) => heard(outcome), surroundings);
  };
  const heard = (outcome: Outcome<"readChallenge">) => {
    const was = state.connection;
    become(afterPoll(state, outcome));
    const { unanswered, connection, phase } = state;
    if (connection === "back" && was !== "back") fadeBack();
    if (phase.kind !== "pending" || outcome.kind !== "done") return;
    if (!clock) setClock();
    // The challenge is as it was before the page sent the code, so the code never arrived.
    if (unanswered && connection === "back") send(unanswered);
  };
  /** The page says only for a moment that the connection is back. */
  const fadeBack = () => {
    void rest(backMs).then(() => {
      if (state.connection === "back") become({ ...state, connection: "up" });
    });
  };
  const setClock = () => {
    reading = readServerClock(client, signal).then((read) => {
      clock = read ?? clock;
      become(state);
    });
    background(reading);
  };
  const forget = surroundings.onReturn(() => setClock());

  const finish = async () => {
    for (let tries = 0; state.phase.kind === "finishing" && !signal.aborted; tries += 1) {
      if (tries > 0) await rest(retryMs[Math.min(tries, retryMs.length) - 1] ?? 0);
      const idempotencyKey = world.completionKey(state.challenge.id);
      const asked = { body: agreed, idempotencyKey, signal };
      become(afterCompletion(state, await client.completeChallenge(asked)));
    }
  };
  const look = async (otherwise: "elsewhere" | "gone") => {
    const value = await findSession(client, state.challenge.purpose, otherwise, rest, signal);
    become(value ? { ...state, phase: { kind: "completed", value } } : endedAs(state, otherwise));
  };

  const send = (unanswered: Unanswered) => {
    const { method, code, tries } = unanswered;
    if (tries > resends) {
      become(say({ ...state, unanswered: undefined }, method, { kind: "refused" }));
      return;
    }
    // Meanwhile the page does not poll: a poll that sees the approved challenge would collect the session a second
    // time.
    watch?.stop();
    become({
      ...state,
      busy: true,
      said: undefined,
      unanswered: { ...unanswered, tries: tries + 1 },
    });
    const idempotencyKey = world.completionKey(state.challenge.id);
    background(
      answerCode(client, method, { body: { code, ...agreed }, idempotencyKey, signal }).then(
        async (outcome) => {
          // The page counts a pause by the service's time. If the browser fills the code in at once, the answer may
          // come before that time.
          if (outcome.kind === "too_many_attempts" && !clock) await reading;
          become(afterCode(state, method, outcome, now()));
          if (state.phase.kind === "pending") follow();
        },
      ),
    );
  };
  const request = (
    method: Method,
    asked: () => Promise<Outcome<"promptTelegram" | "requestCall">>,
  ) => {
    if (state.busy) return;
    become({ ...state, busy: true, said: undefined });
    background(
      asked().then((outcome) => {
        // The service says to wait, but the page thought that the wait was over: the page has a wrong time.
        if (outcome.kind === "too_early") setClock();
        become(afterRequest(state, method, outcome));
        watch?.hurry();
      }),
    );
  };

  changed(state);
  enter();
  if (state.phase.kind === "pending") setClock();
  return {
    now,
    choose: (method) => become(choose(state, method)),
    change: (change) => become({ ...state, ...change }),
    sendCode: (method, code) => {
      if (state.busy || state.phase.kind !== "pending") return;
      send({ method, code, attemptsLeft: state.challenge.attemptsLeft, tries: 0 });
    },
    promptTelegram: () => request("telegram", () => client.promptTelegram({ signal })),
    requestCall: (numberId) =>
      request("phone", () => client.requestCall({ body: { numberId }, signal })),
    replaceSession: () => {
      if (state.phase.kind !== "another_session") return;
      agreed = { replaceSession: true };
      const { unanswered } = state;
      become({ ...state, phase: { kind: unanswered ? "pending" : "finishing" } });
      if (unanswered) send({ ...unanswered, tries: 0 });
    },
    cancel: async () => {
      watch?.stop();
      forget();
      const pending = ["pending", "another_session"].includes(state.phase.kind);
      over.abort();
      if (pending) await Promise.race([client.cancelChallenge(), rest(1500)]);
    },
    stop: () => {
      watch?.stop();
      forget();
      over.abort();
    },
  };
}
