import type { Account, Context } from "../account/account.ts";
import type { Locale } from "../settings/languages.ts";
import type { Instant, TelegramAccountId } from "../account/ids.ts";
import { telegramIsOn } from "../account/telegram.ts";

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

/** How many messages of a chat are kept on record. */
export const keptMessages = 5;

/** The chat with one more message on record, the last of them; recording one again changes nothing. */
export const withMessage = (chat: PromptedChat, messageId: number): PromptedChat =>
  chat.messages.includes(messageId)
    ? chat
    : { ...chat, messages: [...chat.messages, messageId].slice(-keptMessages) };

/**
 * Three different numbers of two digits. Chats show them in ascending order, so that the place of the right one is as
 * random as the numbers.
 *
 * @param random 6 bytes.
 */
export const promptNumbers = (random: Buffer): PromptNumbers => {
  const left = Array.from({ length: 90 }, (_, i) => String(10 + i));
  const take = (at: number) => left.splice(random.readUInt16BE(at) % left.length, 1)[0] ?? "10";
  return [take(0), take(2), take(4)];
};

/**
 * When the account may be asked next; a time that is past means now, undefined that there is nobody to prompt. Bounds
 * what a stranger with the password can do to the person's phone: a few requests, fewer after a denial.
 */
export const nextPromptAt = (account: Account, { now, limits }: Context): Instant | undefined => {
  const { telegram } = account;
  if (!telegramIsOn(telegram)) return undefined;
  const { fewPrompts, fewSeconds, promptsPerHour } = limits.telegram;
  const { promptedAt, pausedUntil } = telegram.prompting;
  const after = (count: number, seconds: number): Instant => {
    const oldest = promptedAt.at(-count);
    return oldest === undefined ? now : oldest + seconds * 1000;
  };
  return Math.max(pausedUntil, after(fewPrompts, fewSeconds), after(promptsPerHour, 3600));
};

/** What a new challenge asks, if there is anybody to prompt; within the limits it asks at once. */
export const firstPrompt = (
  account: Account,
  numbers: PromptNumbers,
  context: Context,
): { readonly account: Account; readonly prompt: TelegramPrompt | null } => {
  const next = nextPromptAt(account, context);
  if (next === undefined) return { account, prompt: null };
  if (next <= context.now) return promptAll(account, null, numbers, context);
  return {
    account,
    prompt: {
      numbers,
      round: 0,
      promptedAt: 0,
      chats: [],
      answeredBy: null,
      messagesClosedAt: null,
    },
  };
};

/** The account with one more request on its record, and what the challenge then asks. */
export const promptAll = (
  account: Account,
  before: TelegramPrompt | null,
  numbers: PromptNumbers,
  { now }: Context,
): { readonly account: Account; readonly prompt: TelegramPrompt } => {
  const { telegram } = account;
  const promptedAt = [...telegram.prompting.promptedAt.filter((at) => at > now - 3_600_000), now];
  const chats = telegram.accounts.map(({ id, userId, language }): PromptedChat => {
    const known = before?.chats.find((chat) => chat.id === id);
    const messages = known?.messages ?? [];
    return { ...known, id, userId, language, state: "asking", claimedUntil: 0, messages };
  });
  return {
    account: {
      ...account,
      telegram: { ...telegram, prompting: { ...telegram.prompting, promptedAt } },
    },
    prompt: {
      ...before,
      numbers: before?.numbers ?? numbers,
      round: (before?.round ?? 0) + 1,
      promptedAt: now,
      chats,
      answeredBy: null,
      messagesClosedAt: null,
    },
  };
};
