import { Api, GrammyError, type RawApi } from "grammy/web";
import type { SendResult } from "../challenge/send-ask.ts";
import type { EditResult, TelegramApi } from "./telegram-api.ts";

/** Long enough for a slow answer, short enough to tell the person that it did not work. */
export const telegramTimeoutSeconds = 3;

/** Telegram's Bot API. Its errors quote the URL, which holds the token: none of them leaves this file. */
export const grammyTelegramApi = (token: string, apiRoot: string): TelegramApi => {
  const api = new Api(token, { apiRoot, timeoutSeconds: telegramTimeoutSeconds });
  return {
    send: (chatId, text, buttons) =>
      sendOnce(api, chatId, text, {
        inline_keyboard: buttons.map((row) =>
          row.map((button) => ({ text: button.text, callback_data: button.data })),
        ),
      }),

    async edit(chatId, messageId, text) {
      try {
        await api.editMessageText(chatId, messageId, text, {
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
        });
        return { kind: "done" };
      } catch (error) {
        return editFailure(error);
      }
    },
  };
};

type Keyboard = NonNullable<Parameters<RawApi["sendMessage"]>[0]["reply_markup"]>;

/**
 * A 5xx means that the message was not taken, so it is tried once more. Silence does not: trying again could ask
 * twice.
 */
const sendOnce = async (
  api: Api,
  chatId: number,
  text: string,
  keyboard: Keyboard,
  retried = false,
): Promise<SendResult> => {
  try {
    const sent = await api.sendMessage(chatId, text, {
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
      reply_markup: keyboard,
    });
    return { kind: "sent", messageId: sent.message_id };
  } catch (error) {
    if (!(error instanceof GrammyError)) return { kind: "failed" };
    if (error.error_code === 403) return { kind: "blocked" };
    const seconds = retryAfter(error);
    if (seconds !== undefined) return { kind: "later", seconds };
    return error.error_code >= 500 && !retried
      ? sendOnce(api, chatId, text, keyboard, true)
      : { kind: "failed" };
  }
};

const editFailure = (error: unknown): EditResult => {
  if (!(error instanceof GrammyError)) return { kind: "failed" };
  const seconds = retryAfter(error);
  if (seconds !== undefined) return { kind: "later", seconds };
  return error.error_code >= 500 || error.error_code === 401
    ? { kind: "failed" }
    : { kind: "done" };
};

const retryAfter = (error: GrammyError): number | undefined =>
  error.error_code === 429 ? (error.parameters.retry_after ?? 1) : undefined;
