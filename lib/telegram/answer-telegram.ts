import type { Account, Context } from "../account/account.ts";
import { noteActivity, noteEnding } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId } from "../account/ids.ts";
import { noPrompts } from "../account/telegram.ts";
import { endChallenge, type Challenge, type Closed } from "../account/challenge.ts";
import { closedAs, replaceChallenge } from "../account/challenges.ts";
import { keptMessages, withMessage } from "./prompt.ts";
import type { PromptedChat, TelegramPrompt } from "../account/prompt.ts";

/** A tap on a button: one of the three numbers, or "no". */
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
  /** No prompt went to this chat, or the button is not one of the prompt's: nothing happens. */
  | { readonly kind: "foreign" };

/**
 * Decides a tap. The first tap is final, from whichever account: the right number approves, anything else denies.
 *
 * A tap can arrive before its message is recorded, and the record can be lost. So the message need not be on record:
 * its button names the challenge by 128 random bits, which only messages to the prompted chats carry. The decision adds
 * such a message to the record of its chat, so that it is edited like the others.
 *
 * Attacks considered: a tap by somebody who was not prompted (the user must be one who was); a message forwarded to
 * another chat (its user is another, and Telegram forwards no such buttons); a tap on an older prompt of another
 * challenge (the button names its challenge); an approving tap after a denying one, repeated, late or reordered (a
 * decided challenge stays decided); prompting again and again until somebody taps (limits, number on the page, pause
 * after denials).
 */
export function answerTelegram(
  account: Account,
  tap: TelegramTap,
  context: Context,
): Decision<TapOutcome> {
  const challenge = account.challenges.find((one) => one.id === tap.challengeId);
  const chat = challenge?.telegram?.chats.find(({ userId }) => userId === tap.userId);
  if (!challenge?.telegram || !chat || !isButtonOf(challenge.telegram, chat, tap)) {
    return { account, outcome: { kind: "foreign" } };
  }
  const closed =
    closedAs(account, challenge, context.now) ??
    (challenge.status === "approved" ? challenge.status : undefined);
  if (closed) {
    return {
      account: withLateMessage(account, challenge, chat, tap.messageId),
      outcome: { kind: "closed", as: closed },
    };
  }
  const answered = { ...challenge, telegram: answeredBy(challenge.telegram, chat, tap.messageId) };
  return tap.choice === challenge.telegram.numbers[0]
    ? approve(account, answered, context)
    : deny(account, answered, tap.choice === "no", context);
}

const isButtonOf = (
  { numbers, chats }: TelegramPrompt,
  chat: PromptedChat,
  { choice, messageId }: TelegramTap,
): boolean =>
  (choice === "no" || numbers.includes(choice)) &&
  (chat.messages.includes(messageId) ||
    // A message that is not on record counts as this chat's, if the tap names one and no other chat has it on record.
    (messageId > 0 && !chats.some(({ messages }) => messages.includes(messageId))));

const answeredBy = (
  prompt: TelegramPrompt,
  chat: PromptedChat,
  messageId: number,
): TelegramPrompt => ({
  ...withMessageIn(prompt, chat, messageId),
  answeredBy: chat.id,
});

const withMessageIn = (
  prompt: TelegramPrompt,
  chat: PromptedChat,
  messageId: number,
): TelegramPrompt => ({
  ...prompt,
  chats: prompt.chats.map((one) => (one.id === chat.id ? withMessage(one, messageId) : one)),
});

/**
 * Records a message that turns up after the end, so that it is edited too. It records no more messages than are kept: a
 * user who taps again and again in their own chat does not save the account more often.
 */
const withLateMessage = (
  account: Account,
  challenge: Challenge,
  chat: PromptedChat,
  messageId: number,
): Account =>
  !challenge.telegram || chat.messages.includes(messageId) || chat.messages.length >= keptMessages
    ? account
    : replaceChallenge(account, {
        ...challenge,
        telegram: { ...withMessageIn(challenge.telegram, chat, messageId), messagesClosedAt: null },
      });

const approve = (
  account: Account,
  challenge: Challenge,
  { now }: Context,
): Decision<TapOutcome> => ({
  account: {
    ...replaceChallenge(account, endChallenge(challenge, "approved", now)),
    telegram: { ...account.telegram, prompting: { ...account.telegram.prompting, ...noPrompts } },
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
  const { prompting } = account.telegram;
  const denials = prompting.denials + 1;
  const pausedUntil =
    denials >= limits.telegram.denials
      ? now + limits.telegram.denialPauseSeconds * 1000
      : prompting.pausedUntil;
  const denied = noteEnding(
    {
      ...replaceChallenge(account, endChallenge(challenge, "denied", now)),
      telegram: { ...account.telegram, prompting: { ...prompting, denials, pausedUntil } },
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
