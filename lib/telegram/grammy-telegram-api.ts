import { Api, GrammyError, type RawApi } from "grammy/web";
import type { SendResult } from "./send-prompt.ts";
import type { EditResult, TelegramApi } from "./telegram-api.ts";

/** Long enough for a slow answer, short enough to tell the person that it did not work. */
export const telegramTimeoutSeconds = 3;

/**
 * Telegram's Bot API. Its errors quote the URL, which holds the token: no error leaves this file.
 *
 * @param freshToken returns the token as it is now. Telegram answers 401 to a token that is not valid. It then did
 *   nothing, so the call is made once more with the fresh token.
 * @param onRefused is called when Telegram refuses the token and there is no other.
 */
export const grammyTelegramApi = (
  token: string,
  apiRoot: string,
  freshToken: () => Promise<string> = () => Promise.resolve(token),
  onRefused: () => void = () => undefined,
): TelegramApi => {
  const apiOf = (one: string) => new Api(one, { apiRoot, timeoutSeconds: telegramTimeoutSeconds });
  const api = apiOf(token);
  const call = async <T>(ask: (api: Api) => Promise<T>): Promise<T> => {
    try {
      return await ask(api);
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 401) throw error;
      const fresh = await freshToken().catch(() => token);
      if (fresh === token) {
        onRefused();
        throw error;
      }
      return ask(apiOf(fresh));
    }
  };
  return {
    send: (chatId, text, buttons) =>
      sendOnce(call, chatId, text, {
        inline_keyboard: buttons.map((row) =>
          row.map((button) => ({ text: button.text, callback_data: button.data })),
        ),
      }),

    async edit(chatId, messageId, text) {
      try {
        await call((api) =>
          api.editMessageText(chatId, messageId, text, {
            parse_mode: "HTML",
            link_preview_options: { is_disabled: true },
          }),
        );
        return { kind: "done" };
      } catch (error) {
        return editFailure(error);
      }
    },
  };
};

type Keyboard = NonNullable<Parameters<RawApi["sendMessage"]>[0]["reply_markup"]>;

/**
 * A 5xx means that Telegram did not take the message, so the function tries once more. It does not retry when there is
 * no answer: the chat could then get the message twice.
 */
const sendOnce = async (
  call: <T>(ask: (api: Api) => Promise<T>) => Promise<T>,
  chatId: number,
  text: string,
  keyboard: Keyboard,
  retried = false,
): Promise<SendResult> => {
  try {
    const sent = await call((api) =>
      api.sendMessage(chatId, text, {
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        reply_markup: keyboard,
      }),
    );
    return { kind: "sent", messageId: sent.message_id };
  } catch (error) {
    if (!(error instanceof GrammyError)) return { kind: "failed" };
    if (error.error_code === 403) return { kind: "blocked" };
    const seconds = retryAfter(error);
    if (seconds !== undefined) return { kind: "later", seconds };
    if (error.error_code < 500) return { kind: "failed" };
    return retried ? { kind: "unavailable" } : sendOnce(call, chatId, text, keyboard, true);
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
