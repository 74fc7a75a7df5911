import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { refundGuess } from "../guard/guesses.ts";
import { judgeCode, channelOfCode } from "./fallback/judge-code.ts";
import {
  answerChallenge,
  refuseRecorded,
  type AnswerOutcome,
} from "../challenge/answer-challenge.ts";
import type { Answer } from "../challenge/answer.ts";
import { closedAs } from "../account/challenges.ts";
import { completeApproved } from "../challenge/complete-challenge.ts";

export type PhoneAnswer = Answer & { readonly code: string; readonly codeKeys: KeyRing };

export type PhoneAnswerOutcome =
  | AnswerOutcome
  /** Nobody knows the code of what was sent: nothing was compared, and nothing is recorded. */
  | { readonly kind: "code_unavailable" };

/** Decides the code of a call (four digits) or of an SMS (six). */
export const answerPhoneCode = (
  account: Account,
  answer: PhoneAnswer,
  context: Context,
): Decision<PhoneAnswerOutcome> =>
  answerChallenge<PhoneAnswerOutcome>(
    account,
    answer,
    channelOfCode(answer.code),
    context,
    (challenge) => {
      const { code, codeKeys } = answer;
      const verdict = judgeCode(challenge.fallback, challenge.id, code, codeKeys, context);
      switch (verdict.kind) {
        case "right":
        case "wrong":
          return { ...verdict, account };
        case "code_unavailable":
          return { kind: "refused", outcome: verdict };
        case "ask_carrier":
        case "unavailable":
          return verdict;
      }
    },
  );

/**
 * Decides by what the carrier said of a code. The guess was recorded before the carrier was asked, and counts as wrong
 * until then. So asking the carrier never gives a guess for nothing, and a carrier that never answers leaves it wrong.
 */
export function resolveCheckedCode(
  account: Account,
  answer: PhoneAnswer,
  right: boolean,
  context: Context,
): Decision<AnswerOutcome> {
  const challenge = account.challenges.find((one) => one.id === answer.challengeId);
  if (!challenge) return { account, outcome: { kind: "no_challenge" } };
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  if (!right) return refuseRecorded(account, challenge.id, answer.client, context);
  const forgiven = { ...account, guesses: refundGuess(account.guesses) };
  return completeApproved(forgiven, challenge, answer, channelOfCode(answer.code), context);
}
