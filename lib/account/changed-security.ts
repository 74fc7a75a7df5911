import type { Account, Context } from "./account.ts";
import type { ActivityEvent } from "./activity.ts";
import type { Client } from "./client.ts";
import { endOtherSessions } from "./epoch.ts";
import type { SessionId } from "./ids.ts";
import { noteActivity } from "./note-activity.ts";

/** What made the change: the kept session (null: no session is kept), and the client of the request. */
export type ChangedBy = { readonly sessionId: SessionId | null; readonly client: Client };

/**
 * Adds what must follow every change of how a person signs in, in the save of the change: all other sessions end
 * [ASVS 5.0 7.4.3], and recent activity notes the change. Without this, an intruder would stay signed in after a change
 * of a factor.
 */
export const changedSecurity = (
  changed: Account,
  event: ActivityEvent,
  { sessionId, client }: ChangedBy,
  context: Context,
): Account =>
  noteActivity(endOtherSessions(changed, sessionId, context.now), event, client, context);
