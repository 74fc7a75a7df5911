import { setTimeout } from "node:timers/promises";
import { Api, type Transformer } from "grammy/web";

export type BotApiSettings = {
  readonly apiRoot: string;
  readonly token: string;
  /** Between a try and the next; grows with each. */
  readonly pauseMs: number;
  /** Ends whatever goes on: an answer that was given up must not be acted on when the function is thawed. */
  readonly signal: AbortSignal;
};

const tries = 3;
/** Telegram's own wish to wait longer is not worth a deploy that waits. */
const longestWaitSeconds = 5;

/** The Bot API, patient with what passes by itself, and never quoting the token in what it answers. */
export const botApi = ({ apiRoot, token, pauseMs, signal }: BotApiSettings): Api => {
  const api = new Api(token, { apiRoot, timeoutSeconds: 8, fetch: fetchUntil(signal) });
  api.config.use(withoutToken(token), patiently(pauseMs, signal));
  return api;
};

/** grammY's own types of signals are not those of Node. */
const fetchUntil =
  (signal: AbortSignal) =>
  (url: string | URL, options: RequestInit & { signal: AbortSignal }): Promise<Response> =>
    fetch(url, { ...options, signal: AbortSignal.any([options.signal, signal]) });

/** A server of one's own, or a proxy before it, may repeat the path that it was asked for: the token is part of it. */
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
