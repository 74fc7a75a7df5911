import type { Account, Context } from "../account/account.ts";
import { noteActivity, noteEnding } from "../account/activity.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { nothingAsked } from "../factors/telegram.ts";
import {
  closedAs,
  endChallenge,
  replaceChallenge,
  type Challenge,
  type Closed,
} from "./challenge.ts";
import type { AskedChat, TelegramAsk } from "./telegram-ask.ts";

/** What was tapped: one of the three numbers, or "no". */
export type TelegramTap = {
  readonly challengeId: ChallengeId;
  readonly userId: number;
  readonly messageId: number;
  readonly choice: string;
};

export type TapOutcome =
  | { readonly kind: "approved" }
  | { readonly kind: "denied" }
  | { readonly kind: "closed"; readonly as: Closed | "approved" }
  /** Not from a chat that was asked, or not a button of its message: nothing happens. */
  | { readonly kind: "foreign" };

/**
 * Decides a tap. The first one is final, from whichever account: the right number approves, anything else denies.
 *
 * Attacks considered: a tap by somebody who was not asked (user and message must be those of the request); a message
 * forwarded to another chat (its user is another); a tap on an older request of another challenge (the challenge is
 * named in the button); an approving tap after a denying one, repeated, late or reordered (a decided challenge stays
 * decided); asking again and again until somebody taps (limits, number on the page, pause after denials).
 */
export function answerTelegram(
  account: Account,
  tap: TelegramTap,
  context: Context,
): Decision<TapOutcome> {
  const challenge = account.challenges.find((one) => one.id === tap.challengeId);
  const chat = challenge?.telegram?.chats.find(({ userId }) => userId === tap.userId);
  if (!challenge?.telegram || !chat || !isButtonOf(challenge, chat, tap)) {
    return { account, outcome: { kind: "foreign" } };
  }
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  if (challenge.status === "approved") {
    return { account, outcome: { kind: "closed", as: "approved" } };
  }
  const answered = { ...challenge, telegram: answeredBy(challenge.telegram, chat, tap.messageId) };
  return tap.choice === challenge.telegram.numbers[0]
    ? approve(account, answered, context)
    : deny(account, answered, tap.choice === "no", context);
}

/**
 * A chat whose message is not on record yet may answer all the same: the tap can be faster than the record of the
 * message that it belongs to, and only that message carries the challenge's name.
 */
const isButtonOf = ({ telegram }: Challenge, chat: AskedChat, tap: TelegramTap): boolean =>
  (tap.choice === "no" || Boolean(telegram?.numbers.includes(tap.choice))) &&
  (chat.messages.includes(tap.messageId) || chat.state !== "asked");

/** Keeps the message with the chat, so that it too is edited, should its record have been lost. */
const answeredBy = (ask: TelegramAsk, chat: AskedChat, messageId: number): TelegramAsk => ({
  ...ask,
  answeredBy: chat.id,
  chats: ask.chats.map((one) =>
    one.id === chat.id && !one.messages.includes(messageId)
      ? { ...one, messages: [...one.messages, messageId] }
      : one,
  ),
});

const approve = (
  account: Account,
  challenge: Challenge,
  { now }: Context,
): Decision<TapOutcome> => ({
  account: {
    ...replaceChallenge(account, endChallenge(challenge, "approved", now)),
    telegram: { ...account.telegram, asking: nothingAsked },
  },
  outcome: { kind: "approved" },
});

const deny = (
  account: Account,
  challenge: Challenge,
  notMe: boolean,
  context: Context,
): Decision<TapOutcome> => {
  const { now, limits } = context;
  const { asking } = account.telegram;
  const denials = asking.denials + 1;
  const pausedUntil =
    denials >= limits.telegram.denials
      ? now + limits.telegram.denialPauseSeconds * 1000
      : asking.pausedUntil;
  const denied = noteEnding(
    {
      ...replaceChallenge(account, endChallenge(challenge, "denied", now)),
      telegram: { ...account.telegram, asking: { ...asking, denials, pausedUntil } },
    },
    challenge.id,
    "sign_in_denied",
    challenge.client,
    context,
  );
  return {
    account: notMe
      ? noteActivity(
          { ...denied, passwordKnownAt: now },
          "password_known",
          challenge.client,
          context,
        )
      : denied,
    outcome: { kind: "denied" },
  };
};
