import { Bot, type Context as BotContext } from "grammy/web";
import type { User, UserFromGetMe } from "grammy/types";
import type { Log } from "../log/log.ts";
import type { TelegramUser } from "../account/telegram.ts";
import { nearest, type Languages } from "../settings/languages.ts";
import { telegramTimeoutSeconds } from "./grammy-telegram-api.ts";
import { catalogues } from "./messages/messages.ts";
import { telegramUser } from "./user.ts";

/** What the bot may ask of the service. Each action may throw: Telegram then sends the update again. */
export type BotActions = {
  /**
   * @returns the account that the link is for, masked; `invalid`: there is no such link; `repeated`: it was answered
   *   before.
   */
  answerLink(
    token: string,
    user: TelegramUser,
    messageId: number,
  ): Promise<{ kind: "answered"; account: string } | { kind: "repeated" } | { kind: "invalid" }>;
  tap(data: string, user: TelegramUser, messageId: number): Promise<Notice>;
  /** Whether the bot answers small talk: once for an update, and only so often for a user. */
  mayReply(updateId: number, userId: number): Promise<boolean>;
};

type Notice = "approved" | "denied" | "over" | "foreign";

export type BotSettings = {
  readonly token: string;
  readonly apiRoot: string;
  readonly username: string;
  readonly service: string;
  readonly languages: Languages;
};

/**
 * The conversation. Telegram's answers to the bot's messages change nothing: the decision is saved by then, and the
 * page shows it.
 */
export const makeBot = (
  { token, apiRoot, username, service, languages }: BotSettings,
  actions: BotActions,
  log: Log,
): Bot => {
  const bot = new Bot(token, {
    // Given here, so that grammY never asks Telegram who the bot is.
    botInfo: botInfo(token, username),
    client: { apiRoot, timeoutSeconds: telegramTimeoutSeconds, canUseWebhookReply: () => false },
  });
  const textsFor = ({ language_code: tag }: User) => catalogues[nearest(languages, tag)];
  const say = async (context: BotContext, text: string) => {
    await quietly(log, "telegram_reply_failed", () =>
      context.reply(text, { parse_mode: "HTML", link_preview_options: { is_disabled: true } }),
    );
  };
  const chats = bot
    .chatType("private")
    // The bot does not answer a message that names no sender; the types promise one.
    .filter((context) => (context.from as unknown) !== undefined);

  chats.command("start", async (context) => {
    const token = context.match.trim();
    const texts = textsFor(context.from);
    if (token === "") return help(context);
    const answer = await actions.answerLink(
      token,
      telegramUser(context.from, languages),
      context.message.message_id,
    );
    switch (answer.kind) {
      case "answered":
        return say(context, texts.linkAnswered(service, answer.account));
      case "invalid":
        if (await actions.mayReply(context.update.update_id, context.from.id)) {
          await say(context, texts.linkInvalid);
        }
        return;
      case "repeated":
        return;
    }
  });

  chats.on("callback_query:data", async (context) => {
    const texts = textsFor(context.from);
    const notice = await actions.tap(
      context.callbackQuery.data,
      telegramUser(context.from, languages),
      // A message that is too old for bots to see still has its id.
      context.callbackQuery.message?.message_id ?? 0,
    );
    await quietly(log, "telegram_notice_failed", () =>
      context.answerCallbackQuery({
        text: texts.notice[notice],
        show_alert: notice === "denied",
      }),
    );
  });

  const help = async (context: BotContext) => {
    if (!context.from || !(await actions.mayReply(context.update.update_id, context.from.id)))
      return;
    await say(context, textsFor(context.from).help(service));
  };
  chats.on("message", help);
  return bot;
};

/** Logs only that the call failed, and the error's name: grammY's errors quote the URL with the token. */
const quietly = async (log: Log, event: string, call: () => Promise<unknown>): Promise<void> => {
  try {
    await call();
  } catch (error) {
    log.warn(event, { fault: error instanceof Error ? error.name : typeof error });
  }
};

const botInfo = (token: string, username: string): UserFromGetMe => ({
  id: Number(token.split(":")[0]),
  is_bot: true,
  first_name: username,
  username,
  can_join_groups: false,
  can_read_all_group_messages: false,
  can_manage_bots: false,
  supports_inline_queries: false,
  supports_guest_queries: false,
  supports_join_request_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
});
