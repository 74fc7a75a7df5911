import type { Account } from "../account/account.ts";
import type { Locale } from "../settings/languages.ts";
import { notedSince } from "../account/activity.ts";
import type { AccountId, ChallengeId, Instant } from "../account/ids.ts";
import { toldAs } from "../telegram/told-activity.ts";
import type { Fallback } from "../account/fallback.ts";
import { fallbacksOf, type FallbackOwnerId } from "../phone/fallback/owner.ts";
import type { Challenge } from "../account/challenge.ts";

/**
 * What a saved decision sets going outside, by ids only. Whoever performs it loads the account again and acts on what
 * is true then.
 */
export type Effect = TelegramEffect | FallbackEffect;

export type TelegramEffect =
  /** Send the request of this round to the chats that wait for it. */
  | {
      readonly kind: "prompt";
      readonly accountId: AccountId;
      readonly challengeId: ChallengeId;
      readonly round: number;
    }
  /** Close a challenge at its end of life, where nothing else ended it, and edit the messages of one that is over. */
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

/** A private chat as a job names it: Telegram's number of the user, which says nothing to others, and their language. */
export type ToldChat = { readonly userId: number; readonly language: Locale };

export type FallbackEffect =
  | {
      readonly kind: "start_fallback";
      readonly accountId: AccountId;
      readonly ownerId: FallbackOwnerId;
      readonly run: number;
    }
  /** Wake the task that waits: to go on as it does, or past all calls. */
  | {
      readonly kind: "move_fallback";
      readonly accountId: AccountId;
      readonly ownerId: FallbackOwnerId;
      readonly token: string;
      readonly callsOver: boolean;
    }
  | { readonly kind: "end_fallback"; readonly token: string };

/** The effects of a save, read off what it changed: no decision can forget one. */
export const effectsOf = (before: Account, after: Account): Effect[] => [
  ...after.challenges.flatMap((is) =>
    telegramEffects(
      before.challenges.find((one) => one.id === is.id),
      is,
      after.id,
    ),
  ),
  ...noticeEffects(before, after),
  ...fallbackEffects(before, after),
];

/**
 * Tells every chat that was linked before the save or is after it. Attack considered: whoever got in unlinks the owner's
 * Telegram first, so that the owner hears of nothing that follows. The chats are those of the save, not of the moment of
 * sending, so that an unlinking cannot overtake what was done before it either.
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

const telegramEffects = (
  was: Challenge | undefined,
  is: Challenge,
  accountId: AccountId,
): TelegramEffect[] => {
  const ids = { accountId, challengeId: is.id };
  // Whoever opened it may never come back, and its owner is told all the same.
  const close: TelegramEffect = { kind: "close", ...ids, notBefore: is.expiresAt };
  if (!is.telegram) return was ? [] : [close];
  const { round } = is.telegram;
  if ((was?.telegram?.round ?? 0) !== round) {
    // With every round, since the queue may have lost the last one; settling twice changes nothing.
    return [{ kind: "prompt", ...ids, round }, close];
  }
  if (!was) return [close];
  const ended = was.status === "pending" && is.status !== "pending";
  // A message turned up, by a tap on it, when all others had been edited.
  const unsettled =
    is.status !== "pending" && is.telegram.messagesClosedAt === null && wereClosed(was.telegram);
  return ended || unsettled ? [{ kind: "close", ...ids, notBefore: null }] : [];
};

const wereClosed = (prompt: Challenge["telegram"]): boolean => Boolean(prompt?.messagesClosedAt);

const fallbackEffects = (before: Account, after: Account): FallbackEffect[] => {
  const [were, are] = [fallbacksOf(before), fallbacksOf(after)];
  const alive = new Set<FallbackOwnerId>([
    ...after.challenges.filter(({ status }) => status === "pending").map(({ id }) => id),
    ...(after.phoneEnrolment ? [after.phoneEnrolment.id] : []),
  ]);
  const moved = [...are].flatMap(([ownerId, is]) =>
    alive.has(ownerId) ? changesOf(after.id, ownerId, were.get(ownerId), is) : [],
  );
  const ended = [...were].flatMap(([ownerId, was]): FallbackEffect[] => {
    const token = are.get(ownerId)?.token ?? was.token;
    return alive.has(ownerId) || token === null || !wasAlive(before, ownerId)
      ? []
      : [{ kind: "end_fallback", token }];
  });
  return [...moved, ...ended];
};

const wasAlive = (before: Account, id: FallbackOwnerId): boolean =>
  before.phoneEnrolment?.id === id ||
  before.challenges.some((one) => one.id === id && one.status === "pending");

const changesOf = (
  accountId: AccountId,
  ownerId: FallbackOwnerId,
  was: Fallback | undefined,
  is: Fallback,
): FallbackEffect[] => {
  if (is.runs > (was?.runs ?? 0)) {
    return [{ kind: "start_fallback", accountId, ownerId, run: is.runs }];
  }
  if (!was?.token || is.token !== null) return [];
  const [last, previous] = [is.sends.at(-1), was.sends.at(-1)];
  const callsOver = previous?.channel === "call" && (is.callsOff || last?.channel === "sms");
  return [{ kind: "move_fallback", accountId, ownerId, token: was.token, callsOver }];
};
