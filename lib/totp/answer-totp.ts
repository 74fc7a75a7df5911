import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { matchTotp, spendExplainedStep, useTimeStep } from "./match-totp.ts";
import { reencryptAuthenticator } from "./reencrypt-authenticator.ts";
import { answerChallenge, type AnswerOutcome } from "../challenge/answer-challenge.ts";
import type { Answer } from "../challenge/answer.ts";

/** Decides the code of an authenticator app. Any of the account's authenticators may have made it. */
export const answerTotp = (
  account: Account,
  answer: Answer & { readonly code: string; readonly totpKeys: KeyRing },
  context: Context,
): Decision<AnswerOutcome> =>
  answerChallenge(account, answer, "totp", context, () => {
    if (account.authenticators.length === 0) return { kind: "unavailable" };
    const match = matchTotp(account, answer.code, answer.totpKeys, context);
    switch (match.kind) {
      case "right": {
        const used = useTimeStep(account, match, context);
        return {
          kind: "right",
          account: reencryptAuthenticator(used, match.authenticatorId, answer.totpKeys),
        };
      }
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
