import type { Account, Context } from "../account/account.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { Decision } from "../account/decision.ts";
import { matchRecoveryCode } from "./recovery-codes.ts";
import { answerChallenge, type AnswerOutcome } from "../challenge/answer-challenge.ts";
import type { Answer } from "../challenge/answer.ts";

/**
 * Decides a recovery code. A right code ends all other sessions: a person who needs it has lost something, and the lost
 * device may be signed in.
 *
 * @param answer `codeHashes`: see `recoveryCodeHashes`.
 */
export const answerRecoveryCode = (
  account: Account,
  answer: Answer & { readonly codeHashes: readonly string[] },
  context: Context,
): Decision<AnswerOutcome> =>
  answerChallenge(account, answer, "recovery_code", context, (challenge) => {
    if (!account.recoveryCodes?.left.length) return { kind: "unavailable" };
    const match = matchRecoveryCode(account, answer.codeHashes);
    if (match.kind === "replayed") return match;
    if (match.kind === "wrong") return { kind: "wrong", account };
    const by = { sessionId: challenge.sessionId, client: answer.client };
    return {
      kind: "right",
      account: changedSecurity(match.account, "recovery_code_used", by, context),
    };
  });
