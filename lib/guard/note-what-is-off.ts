import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import { callsOffUntil, guessingIsSuspected } from "./guesses.ts";

/**
 * Notes, once, what the last recorded wrong code switched off: all codes of digits, or the codes of calls for a day.
 * After many wrong codes within weeks, it also notes that somebody may be guessing, and starts that count again.
 */
export const noteWhatIsOff = (recorded: Account, client: Client, context: Context): Account => {
  const { consecutiveWrong, callWrongAt } = recorded.guesses;
  let account = recorded;
  if (consecutiveWrong === context.limits.guesses.codesOff) {
    account = noteActivity(account, "codes_off", client, context);
  }
  const [firstWrong = 0] = callWrongAt;
  if (guessingIsSuspected(recorded.guesses, context)) {
    account = noteActivity(account, "guessing_suspected", client, context);
    account = { ...account, guesses: { ...account.guesses, wrongAt: [] } };
  }
  const told = account.activity.changes.some(
    ({ event, at }) => event === "calls_off" && at >= firstWrong,
  );
  return callsOffUntil(recorded.guesses, context) > context.now && !told
    ? noteActivity(account, "calls_off", client, context)
    : account;
};
