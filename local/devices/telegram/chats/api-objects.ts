import type {
  CallbackQuery,
  Chat,
  ChatMemberUpdated,
  InlineKeyboardMarkup,
  Message,
  MessageEntity,
  Update,
  User,
} from "grammy/types";
import { aboutBot } from "./bot.ts";
import type { Bot } from "./bot.ts";
import type { ChatMessage, Keyboard, Person } from "./chat.ts";

// The Bot API's objects, as Telegram would send them. The types are grammY's.

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

function toUser({ id, name, username, language }: Person): User {
  return {
    id,
    is_bot: false,
    first_name: name,
    ...(username === undefined ? {} : { username }),
    ...(language === undefined ? {} : { language_code: language }),
  };
}

function toChat({ id, name, username }: Person): Chat.PrivateChat {
  return {
    id,
    first_name: name,
    ...(username === undefined ? {} : { username }),
    type: "private",
  };
}

function botUser(bot: Bot): User {
  const { id, is_bot, first_name, username } = aboutBot(bot);
  return { id, is_bot, first_name, username };
}

export type TextMessage = Message & Update.NonChannel & { text: string };

export function toMessage(bot: Bot, person: Person, message: ChatMessage): TextMessage {
  const { id, from, at, text, entities, keyboard, editedAt } = message;
  return {
    message_id: id,
    from: from === "bot" ? botUser(bot) : toUser(person),
    chat: toChat(person),
    date: seconds(at),
    ...(editedAt === undefined ? {} : { edit_date: seconds(editedAt) }),
    text,
    ...(entities.length === 0 ? {} : { entities }),
    ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: toButtons(keyboard) } }),
  };
}

function toButtons(keyboard: Keyboard): InlineKeyboardMarkup["inline_keyboard"] {
  return keyboard.map((row) =>
    row.map(({ text, url, callback_data = "" }) =>
      url === undefined ? { text, callback_data } : { text, url },
    ),
  );
}

export type Tap = { queryId: string; person: Person; message: ChatMessage; data: string };

export function toCallbackQuery(
  bot: Bot,
  { queryId, person, message, data }: Tap,
): CallbackQuery & { message: TextMessage } {
  return {
    id: queryId,
    from: toUser(person),
    message: toMessage(bot, person, message),
    chat_instance: String(-person.id * 7919),
    data,
  };
}

/** What Telegram tells a bot in a private chat when the other side blocks or unblocks it. */
export function toMemberChange(bot: Bot, person: Person, at: number): ChatMemberUpdated {
  const user = botUser(bot);
  const kicked = { user, status: "kicked", until_date: 0 } as const;
  const member = { user, status: "member" } as const;
  return {
    chat: toChat(person),
    from: toUser(person),
    date: seconds(at),
    old_chat_member: person.blocked ? member : kicked,
    new_chat_member: person.blocked ? kicked : member,
  };
}

/** Marks the commands in a text as Telegram does: bots read these marks, and not the text. */
export function commandEntities(text: string): MessageEntity[] {
  return [...text.matchAll(/(?<![\w/@])\/\w{1,64}(?:@\w{3,32})?(?!\w)/g)].map((match) => ({
    type: "bot_command",
    offset: match.index,
    length: match[0].length,
  }));
}
