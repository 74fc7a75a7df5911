import { editMessageReplyMarkup, editMessageText, sendMessage } from "./messages.ts";
import type { Method } from "./method.ts";
import {
  answerCallbackQuery,
  deleteMyCommands,
  getMe,
  getMyCommands,
  setMyCommands,
} from "./profile.ts";
import { deleteWebhook, getWebhookInfo, setWebhook } from "./webhook.ts";

/** All methods except getUpdates, which waits. Telegram ignores the case of their names. */
const METHODS: Readonly<Record<string, Method>> = {
  getMe,
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  answerCallbackQuery,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  setMyCommands,
  deleteMyCommands,
  getMyCommands,
};

const byLowerCaseName = new Map(
  Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), method]),
);

export function findMethod(name: string): Method | undefined {
  return byLowerCaseName.get(name.toLowerCase());
}
