import type { Account, Context, Locale } from "../account/account.ts";
import type { Instant, TelegramAccountId } from "../account/ids.ts";
import { telegramIsOn } from "../factors/telegram.ts";

/** The numbers of one challenge: the page shows the first, the chats all three. */
export type AskNumbers = readonly [right: string, other: string, another: string];

/** What a challenge asks in Telegram. */
export type TelegramAsk = {
  readonly numbers: AskNumbers;
  /** Rises each time it is asked again; a sender acts on the round that it was called for. */
  readonly round: number;
  readonly askedAt: Instant;
  readonly chats: readonly AskedChat[];
  readonly answeredBy: TelegramAccountId | null;
  /** When the messages were edited to say what happened. */
  readonly settledAt: Instant | null;
};

/** asking: on its way; asked: the message is there; unreachable: blocked, or Telegram did not take it. */
export type AskState = "asking" | "asked" | "unreachable";

export type AskedChat = {
  readonly id: TelegramAccountId;
  readonly userId: number;
  /** Its messages are edited in the language that they were sent in, also after it was unlinked; while it is offered. */
  readonly language: Locale;
  readonly state: AskState;
  /** A sender is at it until then. */
  readonly claimedUntil: Instant;
  /** Telegram's ids of the messages in this chat, of all rounds. */
  readonly messages: readonly number[];
};

/** How many messages of a chat are kept on record. */
export const keptMessages = 5;

/** The chat with one more message on record, the last of them; recording one again changes nothing. */
export const withMessage = (chat: AskedChat, messageId: number): AskedChat =>
  chat.messages.includes(messageId)
    ? chat
    : { ...chat, messages: [...chat.messages, messageId].slice(-keptMessages) };

/**
 * Three different numbers of two digits. Chats show them in ascending order, so that the place of the right one is as
 * random as the numbers.
 *
 * @param random 6 bytes.
 */
export const askNumbers = (random: Buffer): AskNumbers => {
  const left = Array.from({ length: 90 }, (_, i) => String(10 + i));
  const take = (at: number) => left.splice(random.readUInt16BE(at) % left.length, 1)[0] ?? "10";
  return [take(0), take(2), take(4)];
};

/**
 * When the account may be asked next; a time that is past means now, undefined that there is nobody to ask. Bounds
 * what a stranger with the password can do to the person's phone: a few requests, fewer after a denial.
 */
export const nextAskAt = (account: Account, { now, limits }: Context): Instant | undefined => {
  const { telegram } = account;
  if (!telegramIsOn(telegram)) return undefined;
  const { fewAsks, fewSeconds, asksPerHour } = limits.telegram;
  const { askedAt, pausedUntil } = telegram.asking;
  const after = (count: number, seconds: number): Instant => {
    const oldest = askedAt.at(-count);
    return oldest === undefined ? now : oldest + seconds * 1000;
  };
  return Math.max(pausedUntil, after(fewAsks, fewSeconds), after(asksPerHour, 3600));
};

/** What a new challenge asks, if there is anybody to ask; within the limits it asks at once. */
export const firstAsk = (
  account: Account,
  numbers: AskNumbers,
  context: Context,
): { readonly account: Account; readonly ask: TelegramAsk | null } => {
  const next = nextAskAt(account, context);
  if (next === undefined) return { account, ask: null };
  if (next <= context.now) return askAll(account, null, numbers, context);
  return {
    account,
    ask: { numbers, round: 0, askedAt: 0, chats: [], answeredBy: null, settledAt: null },
  };
};

/** The account with one more request on its record, and what the challenge then asks. */
export const askAll = (
  account: Account,
  before: TelegramAsk | null,
  numbers: AskNumbers,
  { now }: Context,
): { readonly account: Account; readonly ask: TelegramAsk } => {
  const { telegram } = account;
  const askedAt = [...telegram.asking.askedAt.filter((at) => at > now - 3_600_000), now];
  const chats = telegram.accounts.map(({ id, userId, language }): AskedChat => {
    const known = before?.chats.find((chat) => chat.id === id);
    const messages = known?.messages ?? [];
    return { ...known, id, userId, language, state: "asking", claimedUntil: 0, messages };
  });
  return {
    account: { ...account, telegram: { ...telegram, asking: { ...telegram.asking, askedAt } } },
    ask: {
      ...before,
      numbers: before?.numbers ?? numbers,
      round: (before?.round ?? 0) + 1,
      askedAt: now,
      chats,
      answeredBy: null,
      settledAt: null,
    },
  };
};
