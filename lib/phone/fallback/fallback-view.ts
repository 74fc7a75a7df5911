import type { Account, Context } from "../../account/account.ts";
import type { Fallback } from "../../account/fallback.ts";
import { nextAttempt } from "./next-attempt.ts";

/** What was sent last and what comes next, as a page tells it; null before the first attempt. */
export const fallbackView = (account: Account, fallback: Fallback | null, context: Context) => {
  const last = fallback?.sends.at(-1);
  if (!fallback || !last) return null;
  const next = nextAttempt(account, fallback, context);
  return {
    numberId: fallback.phoneId,
    via: last.channel,
    attempt: fallback.sends.filter((send) => send.channel === last.channel).length,
    digits: last.channel === "call" ? 4 : 6,
    next: next
      ? { via: next.channel, availableAt: new Date(next.availableAt).toISOString() }
      : null,
  };
};
