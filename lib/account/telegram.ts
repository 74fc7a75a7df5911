import type { Locale } from "../settings/languages.ts";
import type { Instant, TelegramAccountId, TelegramLinkId } from "./ids.ts";

/** A Telegram account that may answer for this person. */
export type TelegramAccount = {
  readonly id: TelegramAccountId;
  /** Telegram's own number of the user; the private chat with them has the same number. */
  readonly userId: number;
  /** "Ann (@ann)": the user's own words without invisible characters. */
  readonly name: string;
  readonly language: Locale;
  readonly linkedAt: Instant;
  /** False: the user blocked the bot. */
  readonly reachable: boolean;
};

/** An attempt to link: the person begins it on the page, answers in the bot and confirms on the page. */
export type TelegramLink = {
  readonly id: TelegramLinkId;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  /** The first Telegram user who came with the token. */
  readonly answer: LinkAnswer | null;
  readonly linkedAt: Instant | null;
};

export type TelegramUser = Pick<TelegramAccount, "userId" | "name" | "language">;

/** `messageId` distinguishes one message that was delivered twice from a second message. */
export type LinkAnswer = TelegramUser & { readonly messageId: number };

export type TelegramFactor = {
  readonly enabled: boolean;
  readonly accounts: readonly TelegramAccount[];
  readonly link: TelegramLink | null;
  readonly prompting: PromptRecord;
};

/** The record that limits prompts, over all challenges of the account. */
export type PromptRecord = {
  /** Prompts since the last success, oldest first, at most an hour old. */
  readonly promptedAt: readonly Instant[];
  readonly denials: number;
  readonly pausedUntil: Instant;
};

export const noPrompts: PromptRecord = { promptedAt: [], denials: 0, pausedUntil: 0 };

export const noTelegram: TelegramFactor = {
  enabled: false,
  accounts: [],
  link: null,
  prompting: noPrompts,
};

/** Whether Telegram is switched on and has a linked account to prompt. */
export const telegramIsOn = ({ enabled, accounts }: TelegramFactor): boolean =>
  enabled && accounts.length > 0;

export type LinkStatus = "waiting" | "answered" | "linked" | "expired";

export const linkStatusAt = (link: TelegramLink, now: Instant): LinkStatus => {
  if (link.linkedAt !== null) return "linked";
  if (now >= link.expiresAt) return "expired";
  return link.answer ? "answered" : "waiting";
};
