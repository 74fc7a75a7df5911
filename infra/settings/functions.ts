/**
 * Every function of the service, by the folder of `functions/` that holds its code. A folder that is in neither list
 * does not deploy.
 */
export const functionNames = [
  "sign-in",
  "challenge",
  "totp",
  "recovery-codes",
  "sessions",
  "security",
  "accounts",
  "telegram",
  "telegram-webhook",
  "telegram-sender",
  "telegram-setup",
  "phones",
  "dispatch-call",
  "send-sms",
  "call-status",
  "health",
  "synthetic-sign-in",
  "time",
  "not-found",
] as const;

export type FunctionName = (typeof functionNames)[number];

/** The function that fills the pages' bucket. Where the pages are left out, so is the function. */
const pagesFunctionNames = ["pages-setup"] as const;

export type PagesFunctionName = (typeof pagesFunctionNames)[number];

/** The functions that are bundled. */
export const bundledFunctionNames = [...functionNames, ...pagesFunctionNames];
