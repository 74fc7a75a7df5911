import type { Transformer } from "grammy/web";

/** Has the bot's token read anew once Telegram says that it is none: what the bot says next is said with the new one. */
export const noticeRevokedToken =
  (freshToken: () => Promise<unknown>): Transformer =>
  async (call, method, payload, signal) => {
    const response = await call(method, payload, signal);
    if (!response.ok && response.error_code === 401) await freshToken().catch(() => undefined);
    return response;
  };
