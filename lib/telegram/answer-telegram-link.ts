import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { linkStatusAt, type LinkAnswer } from "../account/telegram.ts";

export type AnswerLinkOutcome =
  | { readonly kind: "answered" }
  /** A message that was answered already, or an older one: nothing to say. */
  | { readonly kind: "repeated" }
  | { readonly kind: "invalid" };

/**
 * Somebody came to the bot with the link's token. The first one is kept, for the person on the page to look at: only
 * they can say that it is them. Whoever found the link otherwise gets nothing by it but their name on that page.
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
  // Whoever answered may write again and is told again, once a message; the page goes on showing the name that the
  // person there may have looked at already.
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
