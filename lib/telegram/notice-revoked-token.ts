import type { Transformer } from "grammy/web";

/** Reads the bot's token again when Telegram refuses it (401): the bot uses the new one from then on. */
export const noticeRevokedToken =
  (freshToken: () => Promise<unknown>): Transformer =>
  async (call, method, payload, signal) => {
    const response = await call(method, payload, signal);
    if (!response.ok && response.error_code === 401) await freshToken().catch(() => undefined);
    return response;
  };
