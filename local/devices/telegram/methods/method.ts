import type { Bot } from "../chats/bot.ts";
import type { Callbacks } from "../chats/callbacks.ts";
import type { ChatState } from "../chats/chat-state.ts";
import type { Outcome } from "../wire/outcome.ts";
import type { Parameters } from "../wire/parameters.ts";

export type MethodContext = {
  bot: Bot;
  state: Readonly<ChatState>;
  callbacks: Pick<Callbacks, "answer">;
  /** Milliseconds since 1970, by the stack's clock. */
  now: number;
};

/** One method of the Bot API. It returns an answer and the changes that it makes. */
export type Method = (parameters: Parameters, context: MethodContext) => Outcome;
