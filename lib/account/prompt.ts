import type { Locale } from "../settings/languages.ts";
import type { Instant, TelegramAccountId } from "./ids.ts";

/** The numbers of one challenge: the page shows the first, the chats show all three. */
export type PromptNumbers = readonly [right: string, other: string, another: string];

/** The Telegram prompt of a challenge. */
export type TelegramPrompt = {
  readonly numbers: PromptNumbers;
  /** Rises with each new prompt of this challenge. A sender acts only on the round in its job. */
  readonly round: number;
  readonly promptedAt: Instant;
  readonly chats: readonly PromptedChat[];
  readonly answeredBy: TelegramAccountId | null;
  /** When the messages were edited to say how the challenge ended. */
  readonly messagesClosedAt: Instant | null;
};

/** asking: on its way. asked: it arrived. unreachable: the bot is blocked, or Telegram or our queue did not take it. */
export type PromptState = "asking" | "asked" | "unreachable";

export type PromptedChat = {
  readonly id: TelegramAccountId;
  readonly userId: number;
  /** The language of its messages. Edits use it too, even after the account was unlinked, if it is still offered. */
  readonly language: Locale;
  readonly state: PromptState;
  /** Until when one sender has claimed this chat. */
  readonly claimedUntil: Instant;
  /** Telegram's ids of the messages in this chat, over all rounds. */
  readonly messages: readonly number[];
};
