import { noGuesses } from "../account/guesses.ts";
import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { endOtherSessions } from "../account/epoch.ts";
import { foldFactors } from "./factors.ts";

/**
 * The host's last resort for somebody who lost every way in, after having made sure who it is: all factors go, all
 * sessions end, and guesses are forgiven.
 */
export const resetAccount = (
  account: Account,
  client: Client,
  context: Context,
): Decision<{ readonly kind: "reset" }> => ({
  account: noteActivity(
    {
      ...foldFactors(endOtherSessions(account, null, context.now), (factor, one) =>
        factor.reset(one),
      ),
      guesses: { ...account.guesses, ...noGuesses },
    },
    "reset_by_host",
    client,
    context,
  ),
  outcome: { kind: "reset" },
});
