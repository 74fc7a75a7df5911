import { toMessage } from "../chats/api-objects.ts";
import type { ChatMessage, Person } from "../chats/chat.ts";
import { badRequest, done, failed } from "../wire/outcome.ts";
import type { Failure, Outcome } from "../wire/outcome.ts";
import { integerOf, textOf } from "../wire/parameters.ts";
import type { Parameters } from "../wire/parameters.ts";
import { readKeyboard } from "../wire/read-keyboard.ts";
import { readText } from "../wire/read-text.ts";
import type { Method, MethodContext } from "./method.ts";

export const sendMessage: Method = (parameters, context) => {
  const formatted = readText(parameters, "message is too long");
  if ("kind" in formatted) return formatted;
  const keyboard = readKeyboard(parameters["reply_markup"]);
  if ("kind" in keyboard) return keyboard;
  const person = findWritable(parameters, context);
  if ("kind" in person) return person;
  const message: ChatMessage = {
    ...formatted,
    keyboard,
    id: context.state.lastMessageId + 1,
    personId: person.id,
    from: "bot",
    at: context.now,
    textEdited: false,
  };
  return done(toMessage(context.bot, person, message), { kind: "message", message });
};

export const editMessageText: Method = (parameters, context) => {
  const formatted = readText(parameters, "MESSAGE_TOO_LONG");
  if ("kind" in formatted) return formatted;
  return edit(parameters, context, (before) => ({ ...before, ...formatted, textEdited: true }));
};

export const editMessageReplyMarkup: Method = (parameters, context) =>
  edit(parameters, context, (before) => before);

/** Edits a message. Every edit also replaces the buttons by those that are given, or removes them if none are. */
function edit(
  parameters: Parameters,
  context: MethodContext,
  change: (before: ChatMessage) => ChatMessage,
): Outcome {
  const keyboard = readKeyboard(parameters["reply_markup"]);
  if ("kind" in keyboard) return keyboard;
  const messageId = integerOf(parameters["message_id"]) ?? 0;
  if (messageId === 0) return badRequest("message identifier is not specified");
  const person = findWritable(parameters, context);
  if ("kind" in person) return person;
  const before = context.state.messages.get(messageId);
  if (before?.personId !== person.id) return badRequest("message to edit not found");
  if (before.from !== "bot") return badRequest("message can't be edited");
  const after = { ...change(before), keyboard };
  if (looksOf(after) === looksOf(before))
    return badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  const message = { ...after, editedAt: context.now };
  return done(toMessage(context.bot, person, message), { kind: "message", message });
}

function looksOf({ text, entities, keyboard }: ChatMessage): string {
  return JSON.stringify([text, entities, keyboard]);
}

function findWritable(
  parameters: Parameters,
  { state }: Pick<MethodContext, "state">,
): Person | Failure {
  if (textOf(parameters["chat_id"]) === "") return badRequest("chat_id is empty");
  const person = state.people.get(integerOf(parameters["chat_id"]) ?? 0);
  if (!person) return badRequest("chat not found");
  if (!person.started) return failed(403, "Forbidden: bot can't initiate conversation with a user");
  return person.blocked ? failed(403, "Forbidden: bot was blocked by the user") : person;
}
