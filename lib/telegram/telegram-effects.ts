import type { Account } from "../account/account.ts";
import { notedSince } from "../account/note-activity.ts";
import type { Challenge } from "../account/challenge.ts";
import type { AccountId, ChallengeId, Instant } from "../account/ids.ts";
import type { Locale } from "../settings/languages.ts";
import { toldAs } from "./told-activity.ts";

export type TelegramEffect =
  /** Send the prompt of this round to the chats that wait for it. */
  | {
      readonly kind: "prompt";
      readonly accountId: AccountId;
      readonly challengeId: ChallengeId;
      readonly round: number;
    }
  /** Close a challenge at the end of its life, if nothing else ended it, and edit the messages of one that is over. */
  | {
      readonly kind: "close";
      readonly accountId: AccountId;
      readonly challengeId: ChallengeId;
      readonly notBefore: Instant | null;
    }
  /** Tell the owner of an entry of recent activity. */
  | {
      readonly kind: "notify";
      readonly accountId: AccountId;
      /** The entry's own number. */
      readonly entry: number;
      readonly chats: readonly ToldChat[];
    };

/** A private chat in a job: Telegram's number of the user, which tells others nothing, and the user's language. */
export type ToldChat = { readonly userId: number; readonly language: Locale };

/** The Telegram effects of a save, read off what it changed: no decision can forget an effect. */
export const telegramEffects = (before: Account, after: Account): TelegramEffect[] => [
  ...after.challenges.flatMap((is) =>
    ofChallenge(
      before.challenges.find((one) => one.id === is.id),
      is,
      after.id,
    ),
  ),
  ...noticeEffects(before, after),
];

/**
 * Tells every chat that was linked before the save or is linked after it. Attack considered: an intruder unlinks the
 * owner's Telegram first, so that the owner hears nothing of what follows. The effect names the chats at the time of
 * the save, not of sending. So a later unlinking cannot hide what was done before it either.
 */
const noticeEffects = (before: Account, after: Account): TelegramEffect[] => {
  const linked = [...before.telegram.accounts, ...after.telegram.accounts];
  const chats = [...new Map(linked.map((one) => [one.userId, one])).values()].map(
    ({ userId, language }): ToldChat => ({ userId, language }),
  );
  if (chats.length === 0) return [];
  return notedSince(before, after)
    .filter((entry) => toldAs(entry) !== undefined)
    .map(({ n }) => ({ kind: "notify", accountId: after.id, entry: n, chats }));
};

const ofChallenge = (
  was: Challenge | undefined,
  is: Challenge,
  accountId: AccountId,
): TelegramEffect[] => {
  const ids = { accountId, challengeId: is.id };
  // The browser that opened it may never come back. The account's owner is told all the same.
  const close: TelegramEffect = { kind: "close", ...ids, notBefore: is.expiresAt };
  if (!is.telegram) return was ? [] : [close];
  const { round } = is.telegram;
  if ((was?.telegram?.round ?? 0) !== round) {
    // Each round closes too, since the queue may have lost the last close; closing twice changes nothing.
    return [{ kind: "prompt", ...ids, round }, close];
  }
  if (!was) return [close];
  const ended = was.status === "pending" && is.status !== "pending";
  // A tap brought up a message after all others had been edited.
  const turnedUp =
    is.status !== "pending" && is.telegram.messagesClosedAt === null && wereClosed(was.telegram);
  return ended || turnedUp ? [{ kind: "close", ...ids, notBefore: null }] : [];
};

const wereClosed = (prompt: Challenge["telegram"]): boolean => Boolean(prompt?.messagesClosedAt);
