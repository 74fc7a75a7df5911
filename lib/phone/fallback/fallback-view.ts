import type { Account, Context } from "../../account/account.ts";
import type { Fallback, Send } from "../../account/fallback.ts";
import { channelRules } from "./channel-rules.ts";
import { isOfNoUse, nextAttempt } from "./next-attempt.ts";

/** What was sent last and what comes next, as a page tells it; null before the first attempt. */
export const fallbackView = (account: Account, fallback: Fallback | null, context: Context) => {
  const last = fallback?.sends.at(-1);
  if (!fallback || !last) return null;
  const next = nextAttempt(account, fallback, context);
  return {
    numberId: fallback.phoneId,
    via: last.channel,
    state: shownState(last),
    attempt: fallback.sends.filter((send) => send.channel === last.channel).length,
    digits: channelRules(last.channel, context).digits,
    next: next
      ? { via: next.channel, availableAt: new Date(next.availableAt).toISOString() }
      : null,
  };
};

/**
 * The truth of a send, as far as anybody knows it. An attempt whose outcome is unknown may have arrived, so it counts as
 * sent while its code would be right. Without a code it is of no use to the person.
 */
const shownState = (send: Send): "calling" | "sent" | "failed" => {
  if (isOfNoUse(send)) return "failed";
  return send.state === "requested" || send.state === "placing" ? "calling" : "sent";
};
