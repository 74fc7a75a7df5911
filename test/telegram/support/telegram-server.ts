import type { Update } from "grammy/types";
import { afterAll } from "vitest";
import { startLoopback } from "../../../local/aws/http/loopback.ts";
import type { Answer } from "../../../local/aws/http/answer.ts";
import { answerBotApi } from "../../../local/devices/telegram/bot-api/answer-bot-api.ts";
import { botOf } from "../../../local/devices/telegram/chats/bot.ts";
import { createCallbacks } from "../../../local/devices/telegram/chats/callbacks.ts";
import type {
  ChatChange,
  ChatMessage,
  Person,
} from "../../../local/devices/telegram/chats/chat.ts";
import { applyChatChange, emptyChats } from "../../../local/devices/telegram/chats/chat-state.ts";
import { failureWith, proxyError } from "../../../local/devices/telegram/bot-api/faults.ts";
import { notFound } from "../../../local/devices/telegram/wire/outcome.ts";
import {
  integerOf,
  readParameters,
  textOf,
  type Parameters,
} from "../../../local/devices/telegram/wire/parameters.ts";
import { newPerson, tap, write } from "../../../local/devices/telegram/chats/people.ts";

/** One call of the bot. */
type BotCall = {
  readonly method: string;
  readonly chat: number;
  readonly text: string;
  readonly parameters: Parameters;
};

/** What a call meets instead of Telegram: a status in Telegram's words, an answer of its own, or silence. */
export type Trouble =
  { readonly status: number; readonly retryAfter?: number } | { readonly answer: Answer } | "hangs";

export type Rule = (call: BotCall) => Trouble | undefined | Promise<Trouble | undefined>;

export type TelegramServer = {
  readonly url: string;
  readonly token: string;
  /** Every call so far, whatever became of it. */
  readonly calls: BotCall[];
  /** Asked about each call; undefined lets it through. */
  readonly meet: (rule: Rule | undefined) => void;
  readonly join: (about: Pick<Person, "name" | "username" | "language">) => Person;
  /** What Telegram tells the bot of a text, of a tap on a button: Telegram's own objects. */
  readonly write: (person: Person, text: string) => Update;
  readonly tap: (person: Person, message: ChatMessage, button: string) => Update;
  readonly block: (person: Person) => void;
  /** What the bot said in a chat, as it reads now, oldest first. */
  readonly said: (person: Person) => ChatMessage[];
  readonly now: () => number;
};

/** Telegram's Bot API on a port of this machine, as the local stack plays it, until the test file ends. */
export const startTelegramServer = async (now: () => number): Promise<TelegramServer> => {
  const token = "123456789:AAthis_is_the_token_nobody_may_see_1";
  const bot = botOf(token);
  const state = emptyChats();
  const callbacks = createCallbacks();
  const calls: BotCall[] = [];
  let rule: Rule | undefined;

  const record = (changes: readonly ChatChange[]) => {
    for (const change of changes) applyChatChange(state, change);
  };
  const api = answerBotApi({
    context: () => ({ bot, state, callbacks, now: now() }),
    faults: { next: () => undefined },
    getUpdates: () => Promise.resolve(notFound),
    record,
  });
  const server = await startLoopback((fault) => {
    throw fault;
  });
  afterAll(server.stop);
  server.serve(async (request, gone) => {
    const call = callOf(request.path, (await readParameters(request)) ?? {});
    calls.push(call);
    const trouble = await rule?.(call);
    if (trouble === "hangs") {
      await new Promise((resolve) => {
        gone.addEventListener("abort", resolve);
      });
      return { status: 499, headers: {} };
    }
    if (!trouble) return api(request, gone);
    return "answer" in trouble ? trouble.answer : failure(trouble.status, trouble.retryAfter);
  });

  /** The update that these changes bring; the bot gets it from whoever asked. */
  const updateOf = (changes: readonly ChatChange[]): Update => {
    record(changes);
    const [pending] = state.pending.values();
    if (!pending) throw new Error("Telegram has nothing to tell.");
    state.pending.delete(pending.id);
    return pending.update;
  };
  const person = ({ id }: Person) => {
    const found = state.people.get(id);
    if (!found) throw new Error("Nobody of that number.");
    return found;
  };
  const doing = () => ({ bot, state, now: now() });
  let queries = 0;
  return {
    url: server.endpoint,
    token,
    calls,
    now,
    meet: (next) => {
      rule = next;
    },
    join(about) {
      const joined = newPerson(state, about);
      record([{ kind: "person", person: joined }]);
      return joined;
    },
    write: (who, text) => updateOf(write(person(who), text, doing())),
    tap(who, message, button) {
      const data = message.keyboard.flat().find(({ text }) => text === button)?.callback_data;
      const queryId = `query-${(queries += 1)}`;
      void callbacks.open(queryId, now());
      const tapped = { queryId, person: person(who), message, data: data ?? button };
      return updateOf(tap(tapped, doing()));
    },
    block: (who) => record([{ kind: "person", person: { ...person(who), blocked: true } }]),
    said: ({ id }) =>
      [...state.messages.values()].filter((one) => one.personId === id && one.from === "bot"),
  };
};

const callOf = (path: string, parameters: Parameters): BotCall => ({
  method: path.split("/").at(-1) ?? "",
  chat: integerOf(parameters["chat_id"]) ?? 0,
  text: textOf(parameters["text"]),
  parameters,
});

/** As the Bot API words it, or the page of what stands before it. */
const failure = (status: number, retryAfter?: number): Answer => {
  const { description, parameters } = failureWith(status, retryAfter);
  return (
    proxyError(status) ?? {
      status,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ok: false, error_code: status, description, parameters }),
    }
  );
};
