import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { SecretKey } from "../crypto/secret-key.ts";
import { matchTotp, spendExplainedStep, useTimeStep } from "../factors/match-totp.ts";
import { answerChallenge, type Answer, type AnswerOutcome } from "./answer-challenge.ts";

/** Decides the code of an authenticator app: any of the account's authenticators may have made it. */
export const answerTotp = (
  account: Account,
  answer: Answer & { readonly code: string; readonly totpKey: SecretKey },
  context: Context,
): Decision<AnswerOutcome> =>
  answerChallenge(account, answer, "totp", context, () => {
    if (account.authenticators.length === 0) return { kind: "unavailable" };
    const match = matchTotp(account, answer.code, answer.totpKey, context);
    switch (match.kind) {
      case "right":
        return { kind: "right", account: useTimeStep(account, match, context) };
      case "replayed":
        return { kind: "replayed" };
      case "wrong":
        return match.clock
          ? {
              kind: "wrong",
              account: spendExplainedStep(account, match.clock, context),
              clock: match.clock,
            }
          : { kind: "wrong", account };
    }
  });
