import type { Update } from "grammy/types";
import { commandEntities, toCallbackQuery, toMemberChange, toMessage } from "./api-objects.ts";
import type { Tap } from "./api-objects.ts";
import type { Bot } from "./bot.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatChange, ChatMessage, Person } from "./chat.ts";

/** What the functions here need to turn an action of a person into changes of the chats and updates for the bot. */
export type Doing = { bot: Bot; state: Readonly<ChatState>; now: number };

/** Telegram's new ids are beyond 32 bits. */
const FIRST_ID = 5_000_000_001;

export function newPerson(
  { people }: Readonly<ChatState>,
  about: Pick<Person, "name" | "username" | "language">,
): Person {
  return { ...about, id: FIRST_ID + people.size, started: false, blocked: false };
}

export function write(person: Person, text: string, { bot, state, now }: Doing): ChatChange[] {
  const message: ChatMessage = {
    id: state.lastMessageId + 1,
    personId: person.id,
    from: "person",
    at: now,
    text,
    entities: commandEntities(text),
    keyboard: [],
    textEdited: false,
  };
  return [
    ...(person.started ? [] : [{ kind: "person" as const, person: { ...person, started: true } }]),
    { kind: "message", message },
    ...newUpdate(person, { message: toMessage(bot, person, message) }, { state, now }),
  ];
}

export function tap(each: Tap, { bot, state, now }: Doing): ChatChange[] {
  return newUpdate(each.person, { callback_query: toCallbackQuery(bot, each) }, { state, now });
}

/** Blocks or unblocks the bot. Telegram tells the bot if the two have a chat. */
export function block(person: Person, blocked: boolean, { bot, state, now }: Doing): ChatChange[] {
  if (person.blocked === blocked) return [];
  const changed = { ...person, blocked };
  const update = { my_chat_member: toMemberChange(bot, changed, now) };
  return [
    { kind: "person", person: changed },
    ...(person.started ? newUpdate(person, update, { state, now }) : []),
  ];
}

function newUpdate(
  { id: personId }: Person,
  content: Omit<Update, "update_id">,
  { state, now }: Omit<Doing, "bot">,
): ChatChange[] {
  const { allowedUpdates, lastUpdateId } = state;
  const wanted = Object.keys(content).every((type) => allowedUpdates.includes(type));
  if (allowedUpdates.length > 0 && !wanted) return [];
  const id = lastUpdateId + 1;
  return [
    { kind: "update", pending: { id, personId, at: now, update: { update_id: id, ...content } } },
  ];
}
