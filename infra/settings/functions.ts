/**
 * Every function of the service, by the folder of `functions/` that holds its code. A folder that is not in this list
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
  "time",
  "not-found",
] as const;

export type FunctionName = (typeof functionNames)[number];
