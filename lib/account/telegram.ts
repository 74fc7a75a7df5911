import type { Locale } from "../settings/languages.ts";
import type { Instant, TelegramAccountId, TelegramLinkId } from "./ids.ts";

/** A Telegram account that may answer for this person. */
export type TelegramAccount = {
  readonly id: TelegramAccountId;
  /** Telegram's own number of the user, and of the private chat with them. */
  readonly userId: number;
  /** "Ann (@ann)": the user's own words, cleaned of what cannot be seen. */
  readonly name: string;
  readonly language: Locale;
  readonly linkedAt: Instant;
  /** False: they blocked the bot. */
  readonly reachable: boolean;
};

/** An attempt to link: made on the page, answered in the bot, confirmed on the page. */
export type TelegramLink = {
  readonly id: TelegramLinkId;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  /** The first who came with the token. */
  readonly answer: LinkAnswer | null;
  readonly linkedAt: Instant | null;
};

export type TelegramUser = Pick<TelegramAccount, "userId" | "name" | "language">;

/** `messageId` tells the same message delivered twice from a second try. */
export type LinkAnswer = TelegramUser & { readonly messageId: number };

export type TelegramFactor = {
  readonly enabled: boolean;
  readonly accounts: readonly TelegramAccount[];
  readonly link: TelegramLink | null;
  readonly prompting: PromptRecord;
};

/** What bounds asking, over all challenges of the account. */
export type PromptRecord = {
  /** Requests since the last success, oldest first, at most an hour back. */
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

/** Switched on, and somebody there to ask. */
export const telegramIsOn = ({ enabled, accounts }: TelegramFactor): boolean =>
  enabled && accounts.length > 0;

export type LinkStatus = "waiting" | "answered" | "linked" | "expired";

export const linkStatusAt = (link: TelegramLink, now: Instant): LinkStatus => {
  if (link.linkedAt !== null) return "linked";
  if (now >= link.expiresAt) return "expired";
  return link.answer ? "answered" : "waiting";
};
