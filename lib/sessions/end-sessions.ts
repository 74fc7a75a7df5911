import type { Account, Context } from "../account/account.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { endOtherSessions } from "../account/epoch.ts";
import type { SessionId } from "../account/ids.ts";

/** "End all other sessions", also those that are just being made. */
export const endSessions = (
  account: Account,
  input: { readonly sessionId: SessionId; readonly client: Client },
  context: Context,
): Decision<{ readonly kind: "ended" }> => ({
  account: noteActivity(
    endOtherSessions(account, input.sessionId, context.now),
    "sessions_ended",
    input.client,
    context,
  ),
  outcome: { kind: "ended" },
});
