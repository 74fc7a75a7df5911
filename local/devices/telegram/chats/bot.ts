import { randomBytes, randomInt } from "node:crypto";
import type { UserFromGetMe } from "grammy/types";

/** The bot for which the local stack plays BotFather. */
export type Bot = { id: number; token: string };

export const LOCAL_BOT_USERNAME = "twostep_local_bot";

/** A token of Telegram's form: the bot's id, a colon, and 35 characters. */
export function generateBotToken(): string {
  const secret = `AA${randomBytes(25).toString("base64url")}`.slice(0, 35);
  return `${randomInt(1_000_000_000, 9_999_999_999)}:${secret}`;
}

export function botOf(token: string): Bot {
  return { id: Number(token.slice(0, token.indexOf(":"))), token };
}

/** The bot as getMe describes it. */
export function aboutBot({ id }: Bot): UserFromGetMe {
  return {
    id,
    is_bot: true,
    first_name: "Twostep (local)",
    username: LOCAL_BOT_USERNAME,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
