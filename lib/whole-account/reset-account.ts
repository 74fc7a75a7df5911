import { noGuesses } from "../account/guesses.ts";
import type { Account, Context } from "../account/account.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { foldFactors } from "./factors.ts";

/**
 * Resets an account for an owner who lost every way in. It is the host's last resort, after the host has verified who
 * the person is. It removes all factors, ends all sessions and clears the record of guesses.
 */
export const resetAccount = (
  account: Account,
  client: Client,
  context: Context,
): Decision<{ readonly kind: "reset" }> => ({
  account: changedSecurity(
    {
      ...foldFactors(account, (factor, one) => factor.reset(one)),
      guesses: { ...account.guesses, ...noGuesses },
    },
    "reset_by_host",
    { sessionId: null, client },
    context,
  ),
  outcome: { kind: "reset" },
});
