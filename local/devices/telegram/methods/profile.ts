import * as z from "zod/mini";
import { aboutBot } from "../chats/bot.ts";
import { badRequest, done } from "../wire/outcome.ts";
import { structureOf, textOf } from "../wire/parameters.ts";
import type { Parameters } from "../wire/parameters.ts";
import type { Method } from "./method.ts";

const Commands = z.array(z.object({ command: z.string(), description: z.string() }));
const MAX_COMMANDS = 100;
const MAX_NOTICE_LENGTH = 200;

export const getMe: Method = (_, { bot }) => done(aboutBot(bot));

export const setMyCommands: Method = (parameters) => {
  const commands = Commands.safeParse(structureOf(parameters["commands"]));
  if (!commands.success) return badRequest("can't parse commands JSON object");
  if (commands.data.length > MAX_COMMANDS) return badRequest("BOT_COMMANDS_TOO_MUCH");
  for (const { command, description } of commands.data) {
    if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) return badRequest("BOT_COMMAND_INVALID");
    if (description === "" || description.length > 256)
      return badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
  }
  return done(true, {
    kind: "commands",
    list: { key: listKey(parameters), commands: commands.data },
  });
};

export const deleteMyCommands: Method = (parameters) =>
  done(true, { kind: "commands", list: { key: listKey(parameters), commands: [] } });

export const getMyCommands: Method = (parameters, { state }) =>
  done(state.commands.get(listKey(parameters))?.commands ?? []);

export const answerCallbackQuery: Method = (parameters, { callbacks, now }) => {
  const text = textOf(parameters["text"]);
  if (text.length > MAX_NOTICE_LENGTH) return badRequest("MESSAGE_TOO_LONG");
  const queryId = textOf(parameters["callback_query_id"]);
  return callbacks.answer(queryId, text === "" ? undefined : text, now)
    ? done(true)
    : badRequest("query is too old and response timeout expired or query ID is invalid");
};

function listKey(parameters: Parameters): string {
  const scope = structureOf(parameters["scope"]) ?? { type: "default" };
  return `${JSON.stringify(scope)} ${textOf(parameters["language_code"])}`;
}
