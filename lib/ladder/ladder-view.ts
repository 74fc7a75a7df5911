import type { Account, Context } from "../account/account.ts";
import { nextRung, type Ladder } from "./ladder.ts";

/** What was sent last and what comes next, as a page tells it; null before the first call. */
export const ladderView = (account: Account, ladder: Ladder | null, context: Context) => {
  const last = ladder?.sends.at(-1);
  if (!ladder || !last) return null;
  const next = nextRung(account, ladder, context);
  return {
    numberId: ladder.phoneId,
    via: last.via,
    attempt: ladder.sends.filter((send) => send.via === last.via).length,
    digits: last.via === "call" ? 4 : 6,
    next: next ? { via: next.via, availableAt: new Date(next.availableAt).toISOString() } : null,
  };
};
