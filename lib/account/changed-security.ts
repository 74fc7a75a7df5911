import type { Account, Context } from "./account.ts";
import type { ActivityEvent } from "./activity.ts";
import type { Client } from "./client.ts";
import { endOtherSessions } from "./epoch.ts";
import type { SessionId } from "./ids.ts";
import { noteActivity } from "./note-activity.ts";

/** Who changed it: the session that is kept (null: none is), and where the request came from. */
export type ChangedBy = { readonly sessionId: SessionId | null; readonly client: Client };

/**
 * What follows from every change of how a person signs in, in the save of the change: every other session ends
 * [ASVS 5.0 7.4.3], and recent activity says so. A factor that is changed without this would leave an intruder signed in.
 */
export const changedSecurity = (
  changed: Account,
  event: ActivityEvent,
  { sessionId, client }: ChangedBy,
  context: Context,
): Account =>
  noteActivity(endOtherSessions(changed, sessionId, context.now), event, client, context);
