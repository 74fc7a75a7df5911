import type { Challenge, Client } from "../client.ts";
import type { Outcome } from "./outcome.ts";

/** What a watcher needs from its surroundings: the page's visibility, its connection, and timers. */
export type Surroundings = {
  readonly visible: () => boolean;
  /** Calls back when the page is visible again or online again. Returns a function that stops it. */
  readonly onReturn: (back: () => void) => () => void;
  readonly setTimer: (callback: () => void, ms: number) => unknown;
  readonly clearTimer: (timer: unknown) => void;
};

export type Watch = {
  /** Asks now and starts again at the fast pace, because the person has just done something. */
  readonly hurry: () => void;
  readonly stop: () => void;
};

const fastMs = 1000;
const fastAsks = 20;
const slowestMs = 5000;
const slowestRetryMs = 15_000;

/**
 * How long to wait after `asked` questions, in milliseconds. At first the page asks every second, because the person is
 * likely to tap soon. Then it asks less often, so that a forgotten page costs little. After failures it asks even less
 * often, to spare a service in trouble.
 */
export const pause = (asked: number, failures = 0): number => {
  if (failures > 0) return Math.min(slowestRetryMs, fastMs * 2 ** (failures - 1));
  return asked < fastAsks ? fastMs : Math.min(slowestMs, fastMs * 1.15 ** (asked - fastAsks + 1));
};

/**
 * The least time between two questions, in milliseconds. If the challenge waits only for a code, nobody taps and no
 * phone rings, so only this browser can change the challenge.
 */
export const quietMs = ({ methods: { telegram, phone } }: Pick<Challenge, "methods">): number =>
  telegram || phone?.sent ? 0 : slowestMs;

/** Watches the challenge of this browser until it is over; see `watch`. */
export const watchChallenge = (
  client: Pick<Client, "readChallenge">,
  onOutcome: (outcome: Outcome<"readChallenge">) => void,
  surroundings: Surroundings = browserSurroundings,
): Watch =>
  watch(
    (signal) => client.readChallenge({ signal }),
    isLast,
    onOutcome,
    surroundings,
    (outcome) => (outcome.kind === "done" ? quietMs(outcome.value) : 0),
  );

/**
 * Asks again and again until the last answer. It calls `onOutcome` with every outcome, also when nothing answered. It
 * does not call `onOutcome` after `stop`, and it sends no request after the last answer or while the page is hidden.
 */
export function watch<O extends { readonly kind: string }>(
  read: (signal: AbortSignal) => Promise<O>,
  isLast: (outcome: O) => boolean,
  onOutcome: (outcome: O) => void,
  { visible, onReturn, setTimer, clearTimer }: Surroundings = browserSurroundings,
  quiet: (outcome: O) => number = () => 0,
): Watch {
  const ended = new AbortController();
  let asking: AbortController | undefined;
  let asked = 0;
  let failures = 0;
  let timer: unknown;

  const plan = (ms: number) => {
    clearTimer(timer);
    if (!ended.signal.aborted && visible()) timer = setTimer(() => void ask(), ms);
  };
  const ask = async () => {
    clearTimer(timer);
    if (ended.signal.aborted || !visible()) return;
    const mine = (asking = new AbortController());
    try {
      const signal = AbortSignal.any([ended.signal, mine.signal]);
      const outcome = await read(signal);
      if (signal.aborted) return;
      asking = undefined;
      asked += 1;
      const last = isLast(outcome);
      failures = last || outcome.kind === "done" ? 0 : failures + 1;
      if (last) stop();
      onOutcome(outcome);
      plan(Math.max(pause(asked, failures), quiet(outcome), wanted(outcome)));
    } catch {
      // Only `stop` and a newer question abort a request.
    }
  };
  const hurry = () => {
    asked = 0;
    failures = 0;
    // The service may have answered the running request before the person did this.
    asking?.abort();
    void ask();
  };
  const forget = onReturn(hurry);
  const stop = () => {
    ended.abort();
    clearTimer(timer);
    forget();
  };
  plan(fastMs);
  return { hurry, stop };
}

/** Whether this is the last answer: no other one can follow it. */
const isLast = (outcome: Outcome<"readChallenge">): boolean =>
  outcome.kind === "no_challenge" ||
  (outcome.kind === "done" && outcome.value.status !== "pending");

/** The pause that the service asked for, in milliseconds. */
const wanted = (outcome: { readonly kind: string; readonly retryAfter?: number }): number =>
  (outcome.retryAfter ?? 0) * 1000;

/** The page in which this code runs. */
export const browserSurroundings: Surroundings = {
  visible: () => document.visibilityState === "visible",
  onReturn: (back) => {
    const stop = new AbortController();
    const seen = () => {
      if (document.visibilityState === "visible") back();
    };
    document.addEventListener("visibilitychange", seen, { signal: stop.signal });
    window.addEventListener("online", back, { signal: stop.signal });
    return () => stop.abort();
  },
  setTimer: (callback, ms) => setTimeout(callback, ms),
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout> | undefined),
};
