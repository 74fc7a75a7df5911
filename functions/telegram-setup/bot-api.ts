import { setTimeout } from "node:timers/promises";
import { Api, type Transformer } from "grammy/web";

export type BotApiSettings = {
  readonly apiRoot: string;
  readonly token: string;
  /** The pause between two tries; it grows with each try. */
  readonly pauseMs: number;
  /** Ends all work under way: when Lambda thaws the function, it must not act on an answer that it gave up. */
  readonly signal: AbortSignal;
};

const tries = 3;
/** A deploy does not wait longer than this, even if Telegram wishes it. */
const longestWaitSeconds = 5;

/** The Bot API. It tries again after errors that pass by themselves, and never quotes the token in its answers. */
export const botApi = ({ apiRoot, token, pauseMs, signal }: BotApiSettings): Api => {
  const api = new Api(token, { apiRoot, timeoutSeconds: 8, fetch: fetchUntil(signal) });
  api.config.use(withoutToken(token), patiently(pauseMs, signal));
  return api;
};

/** grammY's types of signals are not those of Node. */
const fetchUntil =
  (signal: AbortSignal) =>
  (url: string | URL, options: RequestInit & { signal: AbortSignal }): Promise<Response> =>
    fetch(url, { ...options, signal: AbortSignal.any([options.signal, signal]) });

/** The operator's own server, or a proxy before it, may repeat the path of the request: the token is part of it. */
const withoutToken =
  (token: string): Transformer =>
  async (call, method, payload) => {
    const response = await call(method, payload);
    if (response.ok) return response;
    const description = response.description.replaceAll(token, "<token>");
    return { ...response, description };
  };

const patiently =
  (pauseMs: number, signal: AbortSignal): Transformer =>
  async (call, method, payload) => {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === tries;
      let waitMs = pauseMs * attempt;
      try {
        const response = await call(method, payload);
        if (response.ok || last || !(response.error_code === 429 || response.error_code >= 500)) {
          return response;
        }
        const wishSeconds = response.parameters?.retry_after ?? 0;
        if (wishSeconds > longestWaitSeconds) return response;
        waitMs = Math.max(waitMs, wishSeconds * 1000);
      } catch (fault) {
        if (last || signal.aborted) throw fault;
      }
      await setTimeout(waitMs, undefined, { signal });
    }
  };
