import type { Locale } from "../settings/languages.ts";
import type { Instant, TelegramAccountId } from "./ids.ts";

/** The numbers of one challenge: the page shows the first, the chats all three. */
export type PromptNumbers = readonly [right: string, other: string, another: string];

/** What a challenge asks in Telegram. */
export type TelegramPrompt = {
  readonly numbers: PromptNumbers;
  /** Rises each time it is asked again; a sender acts on the round that it was called for. */
  readonly round: number;
  readonly promptedAt: Instant;
  readonly chats: readonly PromptedChat[];
  readonly answeredBy: TelegramAccountId | null;
  /** When the messages were edited to say what happened. */
  readonly messagesClosedAt: Instant | null;
};

/** asking: on its way; asked: the message is there; unreachable: blocked, or Telegram did not take it. */
export type PromptState = "asking" | "asked" | "unreachable";

export type PromptedChat = {
  readonly id: TelegramAccountId;
  readonly userId: number;
  /** Its messages are edited in the language that they were sent in, also after it was unlinked; while it is offered. */
  readonly language: Locale;
  readonly state: PromptState;
  /** A sender is at it until then. */
  readonly claimedUntil: Instant;
  /** Telegram's ids of the messages in this chat, of all rounds. */
  readonly messages: readonly number[];
};
