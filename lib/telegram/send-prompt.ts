import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, Instant, TelegramAccountId } from "../account/ids.ts";
import { statusAt, type Challenge } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";
import { withMessage } from "./prompt.ts";
import type { PromptedChat } from "../account/prompt.ts";

export type ClaimOutcome =
  | {
      readonly kind: "send";
      readonly challenge: Challenge;
      readonly chats: readonly PromptedChat[];
    }
  /** Another sender has the last of these chats until then. If it dies, somebody must follow it. */
  | { readonly kind: "claimed"; readonly until: Instant }
  | { readonly kind: "nothing_to_send" };

/**
 * Claims the chats of this round that wait for their message, so that a job that is delivered twice does not send
 * twice. It claims none once the challenge is over, or when another round has followed this one.
 */
export function claimSending(
  account: Account,
  { challengeId, round }: { readonly challengeId: ChallengeId; readonly round: number },
  { now, limits }: Context,
): Decision<ClaimOutcome> {
  const challenge = account.challenges.find((one) => one.id === challengeId);
  if (
    challenge?.telegram?.round !== round ||
    challenge.status !== "pending" ||
    closedAs(account, challenge, now)
  ) {
    return { account, outcome: { kind: "nothing_to_send" } };
  }
  const waits = (chat: PromptedChat) => chat.state === "asking" && chat.claimedUntil <= now;
  const chats = challenge.telegram.chats.filter(waits);
  if (chats.length === 0) return { account, outcome: heldByOthers(challenge.telegram.chats) };
  const claimedUntil = now + limits.telegram.sendSeconds * 1000;
  const claimed = {
    ...challenge,
    telegram: {
      ...challenge.telegram,
      chats: challenge.telegram.chats.map((chat) =>
        waits(chat) ? { ...chat, claimedUntil } : chat,
      ),
    },
  };
  return {
    account: replaceChallenge(account, claimed),
    outcome: { kind: "send", challenge: claimed, chats },
  };
}

const heldByOthers = (chats: readonly PromptedChat[]): ClaimOutcome => {
  const held = chats.filter(({ state }) => state === "asking");
  return held.length === 0
    ? { kind: "nothing_to_send" }
    : { kind: "claimed", until: Math.max(...held.map(({ claimedUntil }) => claimedUntil)) };
};

/** What became of one message. */
export type SendResult =
  | { readonly kind: "sent"; readonly messageId: number }
  | { readonly kind: "blocked" }
  | { readonly kind: "failed" }
  /** Telegram certainly did not take it (5xx); the chat stays "asking", and the job comes back. */
  | { readonly kind: "unavailable" }
  /** Telegram asks us to wait; the chat stays "asking". */
  | { readonly kind: "later"; readonly seconds: number };

export type RecordOutcome =
  /** `over`: the challenge ended while the messages were under way; they must say so. */
  { readonly kind: "recorded"; readonly over: boolean } | { readonly kind: "forgotten" };

/** Records the messages' ids, even if the challenge ended meanwhile: the messages can be edited only by their ids. */
export function recordSent(
  account: Account,
  sent: {
    readonly challengeId: ChallengeId;
    /** The round that was sent: the result of an older round tells nothing of the present one. */
    readonly round: number;
    readonly results: ReadonlyMap<TelegramAccountId, SendResult>;
  },
  { now }: Context,
): Decision<RecordOutcome> {
  const challenge = account.challenges.find((one) => one.id === sent.challengeId);
  if (!challenge?.telegram) return { account, outcome: { kind: "forgotten" } };
  const over = statusAt(challenge, now) !== "pending";
  const recorded = replaceChallenge(account, {
    ...challenge,
    telegram: {
      ...challenge.telegram,
      chats: challenge.telegram.chats.map((chat) => {
        const after = afterSend(chat, sent.results.get(chat.id), now);
        return sent.round === challenge.telegram?.round
          ? after
          : { ...chat, messages: after.messages };
      }),
      messagesClosedAt: null,
    },
  });
  const accounts = account.telegram.accounts.map((one) => {
    const result = sent.results.get(one.id);
    if (result?.kind === "sent") return { ...one, reachable: true };
    return result?.kind === "blocked" ? { ...one, reachable: false } : one;
  });
  return {
    account: { ...recorded, telegram: { ...recorded.telegram, accounts } },
    outcome: { kind: "recorded", over },
  };
}

const afterSend = (
  chat: PromptedChat,
  result: SendResult | undefined,
  now: Instant,
): PromptedChat => {
  switch (result?.kind) {
    case undefined:
      return chat;
    case "sent":
      return { ...withMessage(chat, result.messageId), state: "asked" };
    case "blocked":
    case "failed":
      return { ...chat, state: "unreachable" };
    case "unavailable":
      return { ...chat, claimedUntil: 0 };
    case "later":
      // No other job may send earlier than Telegram asked.
      return { ...chat, claimedUntil: now + result.seconds * 1000 };
  }
};

/** The queue did not take the job, so no sender will reach these chats. */
export const markUnsent = (
  account: Account,
  { challengeId, round }: { readonly challengeId: ChallengeId; readonly round: number },
): Decision<Challenge | undefined> => {
  const challenge = account.challenges.find((one) => one.id === challengeId);
  if (challenge?.telegram?.round !== round) return { account, outcome: challenge };
  const unsent: Challenge = {
    ...challenge,
    telegram: {
      ...challenge.telegram,
      chats: challenge.telegram.chats.map((chat) =>
        chat.state === "asking" ? { ...chat, state: "unreachable" } : chat,
      ),
    },
  };
  return { account: replaceChallenge(account, unsent), outcome: unsent };
};

/** Notes that all messages of an ended challenge say that it is over. */
export const markClosed = (
  account: Account,
  challengeId: ChallengeId,
  now: Instant,
): Decision<undefined> => {
  const challenge = account.challenges.find((one) => one.id === challengeId);
  return challenge?.telegram
    ? {
        account: replaceChallenge(account, {
          ...challenge,
          telegram: { ...challenge.telegram, messagesClosedAt: now },
        }),
        outcome: undefined,
      }
    : { account, outcome: undefined };
};
