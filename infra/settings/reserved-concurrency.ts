import type { FunctionName } from "./functions.ts";

/** How many of a function may run at once, by its name. */
export type ReservedConcurrency = Readonly<Partial<Record<FunctionName, number>>>;

/**
 * A flood of the costly or open functions leaves room for those that people wait for. A flood of those leaves room for
 * the queue, the fallback and the webhooks. The sum is 290 of the 1,000 that an account has after its first rise.
 */
export const recommendedConcurrency: ReservedConcurrency = {
  "sign-in": 100,
  accounts: 50,
  "telegram-webhook": 50,
  "telegram-sender": 20,
  "dispatch-call": 20,
  "send-sms": 20,
  "call-status": 20,
  "not-found": 10,
};

/** What may be reserved at most: an account has 1,000, unless AWS gave it more, and 100 of them stay unreserved. */
export const reservableConcurrency = 900;
