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
 * Carries a challenge to its end: follows it, sends what the person does, and collects the session. `changed` hears
 * every new state, the first one at once.
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
  /** That the session of another account may be replaced, once the person said so. */
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
  // A request that `stop` ends rejects, and has nobody left to tell.
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
    // The challenge stands as it stood before the code was sent: it never came.
    if (unanswered && connection === "back") send(unanswered);
  };
  /** That the connection is back is news for a moment only. */
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
    // Nothing else is asked meanwhile: a poll that sees the answer taken would collect the session a second time.
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
          // How long a pause is, is counted by the service's time: a code that was filled in at once may be answered before it.
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
        // Told to wait although the page did not think so: its idea of the time is wrong.
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
