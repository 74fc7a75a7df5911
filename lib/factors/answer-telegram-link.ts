import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { linkStatusAt, type LinkAnswer } from "./telegram.ts";

export type AnswerLinkOutcome =
  | { readonly kind: "answered" }
  /** The very same message once more: answered already, nothing to say. */
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
  if (link.answer?.userId === userId && link.answer.messageId === messageId) {
    return { account, outcome: { kind: "repeated" } };
  }
  switch (linkStatusAt(link, now)) {
    case "expired":
    case "linked":
      return { account, outcome: { kind: "invalid" } };
    case "answered":
      return {
        account,
        outcome: { kind: link.answer?.userId === userId ? "answered" : "invalid" },
      };
    case "waiting":
      return {
        account: { ...account, telegram: { ...telegram, link: { ...link, answer: came.answer } } },
        outcome: { kind: "answered" },
      };
  }
}
