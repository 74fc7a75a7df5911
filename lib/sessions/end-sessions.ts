import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { SessionId } from "../account/ids.ts";

/** "End all other sessions", also those that are being made at this moment. */
export const endSessions = (
  account: Account,
  input: { readonly sessionId: SessionId; readonly client: Client },
  context: Context,
): Decision<{ readonly kind: "ended" }> => ({
  account: changedSecurity(account, "sessions_ended", input, context),
  outcome: { kind: "ended" },
});
