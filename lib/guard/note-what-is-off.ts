import type { Account, Context } from "../account/account.ts";
import { noteActivity, type Client } from "../account/activity.ts";
import { callsOffUntil } from "./guess-guard.ts";

/** Notes, once, what the wrong code that has just been charged switched off: all codes, or those of calls for a day. */
export const noteWhatIsOff = (charged: Account, client: Client, context: Context): Account => {
  const { consecutiveWrong, callWrongAt } = charged.guesses;
  let account = charged;
  if (consecutiveWrong === context.limits.guesses.codesOff) {
    account = noteActivity(account, "codes_off", client, context);
  }
  const [firstWrong = 0] = callWrongAt;
  const told = account.activity.some(({ event, at }) => event === "calls_off" && at >= firstWrong);
  return callsOffUntil(charged.guesses, context) > context.now && !told
    ? noteActivity(account, "calls_off", client, context)
    : account;
};
