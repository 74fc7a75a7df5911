import type { Account, Context } from "../account/account.ts";
import type { Instant } from "../account/ids.ts";
import type { PromptedChat, PromptNumbers, TelegramPrompt } from "../account/prompt.ts";
import { telegramIsOn } from "../account/telegram.ts";

/** How many messages of a chat are kept on record. */
export const keptMessages = 5;

/** Adds a message to the chat's record, as the last one; adding one again changes nothing. */
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
 * When the account may be prompted next. A time that is past means now; undefined: there is no account to prompt. This
 * bounds what a stranger with the password can do to the owner's phone: a few prompts, and none for a while after
 * denials.
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

/** The prompt of a new challenge; null if there is no account to prompt. Within the limits it prompts at once. */
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

/** The account with one more prompt on its record, and the challenge's new prompt. */
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
