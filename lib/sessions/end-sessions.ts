import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { SessionId } from "../account/ids.ts";

/** Ends all sessions but the kept one, also those that are being made at this moment. Null: none is kept. */
export const endSessions = (
  account: Account,
  input: { readonly sessionId: SessionId | null; readonly client: Client },
  context: Context,
): Decision<{ readonly kind: "ended" }> => ({
  account: changedSecurity(account, "sessions_ended", input, context),
  outcome: { kind: "ended" },
});
