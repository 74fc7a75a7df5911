import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { linkStatusAt, type LinkAnswer } from "../account/telegram.ts";

export type AnswerLinkOutcome =
  | { readonly kind: "answered" }
  /** The message was answered already, or is older than one that was: the bot says nothing. */
  | { readonly kind: "repeated" }
  | { readonly kind: "invalid" };

/**
 * Records who came to the bot with the link's token. It keeps the first user, for the person on the page to look at:
 * only that person can say that it is them. A stranger who found the link gains nothing but their name on that page.
 */
export function answerTelegramLink(
  account: Account,
  came: { readonly tokenHash: string; readonly answer: LinkAnswer },
  { now }: Context,
): Decision<AnswerLinkOutcome> {
  const { telegram } = account;
  const { link } = telegram;
  if (!link || !equalHashes(link.tokenHash, came.tokenHash)) {
    return { account, outcome: { kind: "invalid" } };
  }
  const { userId, messageId } = came.answer;
  const bySame = link.answer?.userId === userId;
  if (bySame && messageId <= link.answer.messageId) {
    return { account, outcome: { kind: "repeated" } };
  }
  const status = linkStatusAt(link, now);
  // The user who answered may write again and is told again, once a message. The page goes on showing the name that the
  // person may have looked at already.
  if (status === "waiting" || (status === "answered" && bySame)) {
    return {
      account: {
        ...account,
        telegram: {
          ...telegram,
          link: { ...link, answer: link.answer ? { ...link.answer, messageId } : came.answer },
        },
      },
      outcome: { kind: "answered" },
    };
  }
  return { account, outcome: { kind: "invalid" } };
}
