import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { RecoveryCode, TotpCode } from "./fields.ts";
import { Challenge, challengeExample, Completed, completedExample } from "./views.ts";

const over = [
  "challenge_denied",
  "challenge_expired",
  "challenge_locked",
  "challenge_cancelled",
  "challenge_completed",
] as const;

const codeProblems = [
  ...over,
  "wrong_code",
  "code_already_used",
  "too_many_attempts",
  "method_unavailable",
  "unauthenticated",
] as const;

const answered = { answers: { 200: Completed }, credential: "challenge" } as const;

export const readChallenge = contract({
  operation: "readChallenge",
  method: "GET",
  path: "/v1/challenge",
  summary: "The second step under way in this browser, also when it is over",
  credential: "challenge",
  answers: { 200: Challenge },
  problems: [],
  examples: { answers: { 200: challengeExample } },
});

export const answerTotp = contract({
  ...answered,
  operation: "answerTotp",
  method: "POST",
  path: "/v1/challenge/totp",
  summary: "The code of an authenticator app",
  body: z.strictObject({ code: TotpCode }),
  problems: codeProblems,
  examples: { body: { code: "492039" }, answers: { 200: completedExample } },
});

export const answerRecoveryCode = contract({
  ...answered,
  operation: "answerRecoveryCode",
  method: "POST",
  path: "/v1/challenge/recovery-code",
  summary: "A recovery code; using one ends every other session",
  body: z.strictObject({ code: RecoveryCode }),
  problems: codeProblems,
  examples: {
    body: { code: "7hq3k-m0x4p" },
    answers: { 200: { ...completedExample, recoveryCodesLeft: 9 } },
  },
});

export const completeChallenge = contract({
  ...answered,
  operation: "completeChallenge",
  method: "POST",
  path: "/v1/challenge/complete",
  summary: "Exchanges an answer that was given elsewhere for a session",
  problems: [...over, "challenge_pending", "unauthenticated"],
  examples: { answers: { 200: completedExample } },
});

export const cancelChallenge = contract({
  operation: "cancelChallenge",
  method: "DELETE",
  path: "/v1/challenge",
  summary: "Gives up this second step",
  credential: "challenge",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});
