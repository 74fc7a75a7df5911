import type { FunctionName } from "./functions.ts";

export type Route = readonly [
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: `/v1/${string}`,
  answeredBy: FunctionName,
];

/** The routes that browsers call. The functions check cookies themselves. */
export const browserRoutes: readonly Route[] = [
  ["POST", "/v1/sign-in", "sign-in"],

  ["GET", "/v1/challenge", "challenge"],
  ["DELETE", "/v1/challenge", "challenge"],
  ["POST", "/v1/challenge/telegram", "challenge"],
  ["POST", "/v1/challenge/totp", "challenge"],
  ["POST", "/v1/challenge/call", "challenge"],
  ["POST", "/v1/challenge/code", "challenge"],
  ["POST", "/v1/challenge/recovery-code", "challenge"],
  ["POST", "/v1/challenge/complete", "challenge"],
  ["POST", "/v1/challenge/open", "challenge"],

  ["GET", "/v1/session", "sessions"],
  ["POST", "/v1/sessions/open", "sessions"],
  ["POST", "/v1/sign-out", "sessions"],
  ["POST", "/v1/reauthentication", "sessions"],
  ["PUT", "/v1/password", "sessions"],
  ["GET", "/v1/sessions", "sessions"],
  ["DELETE", "/v1/sessions", "sessions"],
  ["DELETE", "/v1/sessions/{id}", "sessions"],

  ["GET", "/v1/security", "security"],

  ["POST", "/v1/totp", "totp"],
  ["POST", "/v1/totp/{id}/confirm", "totp"],
  ["DELETE", "/v1/totp/{id}", "totp"],

  ["POST", "/v1/recovery-codes", "recovery-codes"],

  ["POST", "/v1/telegram", "telegram"],
  ["PUT", "/v1/telegram", "telegram"],
  ["GET", "/v1/telegram/links/{id}", "telegram"],
  ["POST", "/v1/telegram/links/{id}/confirm", "telegram"],
  ["DELETE", "/v1/telegram/accounts/{id}", "telegram"],

  ["POST", "/v1/phones", "phones"],
  ["POST", "/v1/phones/{id}/call", "phones"],
  ["POST", "/v1/phones/{id}/confirm", "phones"],
  ["DELETE", "/v1/phones/{id}", "phones"],

  ["GET", "/v1/health", "health"],
  ["GET", "/v1/time", "time"],
];

/** Telegram reports here what users do in the bot. */
export const telegramWebhookPath = "/v1/telegram/webhook";

/**
 * The routes that Telegram calls. Telegram cannot sign as AWS wants, so the function compares the secret that Telegram
 * sends along.
 */
export const telegramRoutes: readonly Route[] = [["POST", telegramWebhookPath, "telegram-webhook"]];

/** Each carrier reports here what became of its calls. */
export const callStatusPath = "/v1/calls/{carrier}/status";

/** The routes that carriers call. The function checks the proof that each carrier sends. */
export const carrierRoutes: readonly Route[] = [["POST", callStatusPath, "call-status"]];

/**
 * The routes that a host's back end calls. The gateway lets a request through only if an allowed IAM identity has
 * signed it.
 */
export const hostRoutes: readonly Route[] = [
  ["PUT", "/v1/accounts/{id}", "accounts"],
  ["GET", "/v1/accounts/{id}", "accounts"],
  ["POST", "/v1/accounts/{id}/challenges", "accounts"],
  ["GET", "/v1/accounts/{id}/challenges/{challengeId}", "accounts"],
  ["DELETE", "/v1/accounts/{id}/challenges/{challengeId}", "accounts"],
  ["POST", "/v1/accounts/{id}/sessions", "accounts"],
  ["DELETE", "/v1/accounts/{id}/sessions", "accounts"],
  ["POST", "/v1/accounts/{id}/reset", "accounts"],
  ["POST", "/v1/grants/redeem", "accounts"],
];
