import type { ShownMessage, ShownPerson, TelegramWorld } from "../world/world.ts";
import { LOCAL_BOT_USERNAME } from "./chats/bot.ts";
import type { ChatMessage, Person } from "./chats/chat.ts";
import type { FakeTelegram } from "./fake-telegram.ts";

/** The page shows at most this many messages of a chat. */
const SHOWN = 50;

/** The chats as people see them, and the planned faults of Telegram. */
export function showChats({
  state,
  faults,
}: Pick<FakeTelegram, "state" | "faults">): TelegramWorld {
  const messages = [...state.messages.values()];
  const chatOf = ({ id }: Person): ShownMessage[] =>
    messages
      .filter(({ personId }) => personId === id)
      .slice(-SHOWN)
      .map(showMessage);
  return {
    kind: "fake",
    bot: LOCAL_BOT_USERNAME,
    people: [...state.people.values()].map((person) => showPerson(person, chatOf(person))),
    faults: faults.planned(),
  };
}

function showPerson(
  { id, name, language, started, blocked }: Person,
  messages: ShownMessage[],
): ShownPerson {
  return { userId: id, name, language: language ?? null, started, blocked, messages };
}

function showMessage(message: ChatMessage): ShownMessage {
  const { id, from, at, text, entities, keyboard, textEdited } = message;
  return {
    id,
    from,
    at: new Date(at).toISOString(),
    text,
    entities: entities.map((entity) => ({
      type: entity.type,
      offset: entity.offset,
      length: entity.length,
      ...(entity.type === "text_link" ? { url: entity.url } : {}),
    })),
    buttons: keyboard.map((row) =>
      row.map(({ text: label, url }) => ({ text: label, url: url ?? null })),
    ),
    edited: textEdited,
  };
}
