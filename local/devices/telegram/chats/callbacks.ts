/** Taps that wait for the bot's answer. They are forgotten with the process, as Telegram forgets old ones. */
export type Callbacks = {
  /** Records a tap. Resolves to the bot's notice, or to undefined if there is none or it came too late. */
  open: (queryId: string, at: number) => Promise<string | undefined>;
  /** Takes the bot's answer; false if no tap waits for it, or if it comes too late. */
  answer: (queryId: string, notice: string | undefined, at: number) => boolean;
};

/** By the stack's clock: how long a bot may answer. */
const ANSWERABLE_MS = 30_000;
/** By the real clock: how long somebody watches the button. */
const WATCHED_MS = 5000;

export function createCallbacks(): Callbacks {
  const waiting = new Map<string, { at: number; answer: (notice?: string) => void }>();
  return {
    open: (queryId, at) => {
      const notice = Promise.withResolvers<string | undefined>();
      waiting.set(queryId, { at, answer: notice.resolve });
      const timer = setTimeout(() => notice.resolve(undefined), WATCHED_MS);
      return notice.promise.finally(() => clearTimeout(timer));
    },
    answer: (queryId, notice, at) => {
      const tap = waiting.get(queryId);
      waiting.delete(queryId);
      if (!tap || at > tap.at + ANSWERABLE_MS) return false;
      tap.answer(notice);
      return true;
    },
  };
}
