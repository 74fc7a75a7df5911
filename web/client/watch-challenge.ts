import type { Client } from "../client.ts";
import type { Outcome } from "./outcome.ts";

/** What a watcher needs of the world: the page's visibility, its connection, and timers. */
export type Surroundings = {
  readonly visible: () => boolean;
  /** Calls back when the page may have come back: seen again, or online again. Returns how to stop it. */
  readonly onReturn: (back: () => void) => () => void;
  readonly setTimer: (callback: () => void, ms: number) => unknown;
  readonly clearTimer: (timer: unknown) => void;
};

export type Watch = {
  /** Asks now, and starts again at the fast pace: something has just been done. */
  readonly hurry: () => void;
  readonly stop: () => void;
};

const fastMs = 1000;
const fastAsks = 20;
const slowestMs = 5000;

/**
 * How long to wait before asking for the `asked`-th time: every second while somebody is likely to be tapping, then
 * slower, so that a forgotten page costs little.
 */
export const pause = (asked: number): number =>
  asked < fastAsks ? fastMs : Math.min(slowestMs, fastMs * 1.15 ** (asked - fastAsks + 1));

/**
 * Follows the challenge of this browser until it is over. `onOutcome` hears every answer, also the unanswered ones; it
 * is never called after `stop`, and no request is sent after the challenge has ended or while the page is hidden.
 */
export function watchChallenge(
  client: Pick<Client, "readChallenge">,
  onOutcome: (outcome: Outcome<"readChallenge">) => void,
  surroundings: Surroundings = browserSurroundings,
): Watch {
  const { visible, onReturn, setTimer, clearTimer } = surroundings;
  const ended = new AbortController();
  let asked = 0;
  let asking = false;
  let timer: unknown;

  const plan = () => {
    clearTimer(timer);
    if (!ended.signal.aborted && visible()) timer = setTimer(() => void ask(), pause(asked));
  };
  const ask = async () => {
    clearTimer(timer);
    if (asking || ended.signal.aborted || !visible()) return;
    asking = true;
    try {
      const outcome = await client.readChallenge({ signal: ended.signal });
      asked += 1;
      if (isLast(outcome)) stop();
      onOutcome(outcome);
    } catch {
      // Only `stop` ends a request by force.
      return;
    } finally {
      asking = false;
    }
    plan();
  };
  const hurry = () => {
    asked = 0;
    void ask();
  };
  const forget = onReturn(hurry);
  const stop = () => {
    ended.abort();
    clearTimer(timer);
    forget();
  };
  plan();
  return { hurry, stop };
}

/** After this answer no other can come. */
const isLast = (outcome: Outcome<"readChallenge">): boolean =>
  outcome.kind === "no_challenge" ||
  (outcome.kind === "done" && outcome.value.status !== "pending");

const browserSurroundings: Surroundings = {
  visible: () => document.visibilityState === "visible",
  onReturn: (back) => {
    const stop = new AbortController();
    document.addEventListener("visibilitychange", back, { signal: stop.signal });
    window.addEventListener("online", back, { signal: stop.signal });
    return () => stop.abort();
  },
  setTimer: (callback, ms) => setTimeout(callback, ms),
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout> | undefined),
};
