import * as z from "zod/mini";
import { idForm } from "../account/ids.ts";
import { contract } from "./contract.ts";
import { PhoneCode, RecoveryCode, Token, TotpCode } from "./fields.ts";
import { Challenge, challengeExample, Completed, completedExample } from "./views.ts";

const over = [
  "challenge_denied",
  "challenge_expired",
  "challenge_locked",
  "challenge_cancelled",
  "challenge_completed",
] as const;

/** The page has asked the person, and they agree: the session of another account in this browser may be replaced. */
const replaceSession = z.optional(z.literal(true));

const codeProblems = [
  ...over,
  "wrong_code",
  "code_already_used",
  "too_many_attempts",
  "method_unavailable",
  "session_of_another_account",
  "unauthenticated",
] as const;

const answered = {
  answers: { 200: Completed },
  credential: "challenge",
  repeatable: true,
} as const;

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

export const openChallenge = contract({
  operation: "openChallenge",
  method: "POST",
  path: "/v1/challenge/open",
  summary: "Takes a challenge that a host opened into this browser, by the token of its URL, once",
  credential: "none",
  repeatable: true,
  body: z.strictObject({ token: Token, replaceSession }),
  answers: { 200: Challenge },
  problems: [...over, "no_challenge", "session_of_another_account"],
  examples: {
    body: { token: "acc_1.chal_7Vt0Zt1u0cY2.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T" },
    answers: { 200: challengeExample },
  },
});

export const promptTelegram = contract({
  operation: "promptTelegram",
  method: "POST",
  path: "/v1/challenge/telegram",
  summary: "Asks every linked Telegram account again",
  credential: "challenge",
  answers: { 202: Challenge },
  problems: [...over, "too_early", "method_unavailable"],
  examples: { answers: { 202: challengeExample } },
});

export const answerTotp = contract({
  ...answered,
  operation: "answerTotp",
  method: "POST",
  path: "/v1/challenge/totp",
  summary: "The code of an authenticator app",
  body: z.strictObject({ code: TotpCode, replaceSession }),
  problems: codeProblems,
  examples: { body: { code: "492039" }, answers: { 200: completedExample } },
});

export const requestCall = contract({
  operation: "requestCall",
  method: "POST",
  path: "/v1/challenge/call",
  summary: "A code by phone; whether a call, another call or an SMS, the server decides",
  credential: "challenge",
  body: z.strictObject({
    numberId: z.string().check(z.regex(idForm, "must be the id of a number")),
  }),
  answers: { 202: Challenge },
  problems: [...over, "too_early", "no_way_left", "method_unavailable", "not_found"],
  examples: { body: { numberId: "phone_4Qw8" }, answers: { 202: challengeExample } },
});

export const answerPhoneCode = contract({
  ...answered,
  operation: "answerPhoneCode",
  method: "POST",
  path: "/v1/challenge/code",
  summary: "The last four digits of the number that called, or the code of the SMS",
  body: z.strictObject({ code: PhoneCode, replaceSession }),
  problems: [...codeProblems, "code_unavailable"],
  examples: { body: { code: "4821" }, answers: { 200: completedExample } },
});

export const answerRecoveryCode = contract({
  ...answered,
  operation: "answerRecoveryCode",
  method: "POST",
  path: "/v1/challenge/recovery-code",
  summary: "A recovery code; using one ends every other session",
  body: z.strictObject({ code: RecoveryCode, replaceSession }),
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
  body: z.strictObject({ replaceSession }),
  problems: [...over, "challenge_pending", "session_of_another_account", "unauthenticated"],
  examples: { body: {}, answers: { 200: completedExample } },
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
