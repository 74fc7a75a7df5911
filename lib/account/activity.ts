import type { Account, Context } from "./account.ts";
import type { Instant } from "./ids.ts";

/** Where a request came from, as the person would recognise it: "Firefox on Windows". */
export type Client = { readonly ip: string; readonly device: string };

export type ActivityEvent =
  | "signed_in"
  | "reauthenticated"
  | "challenge_locked"
  | "challenge_cancelled"
  | "codes_off"
  | "totp_enabled"
  | "totp_removed"
  | "telegram_linked"
  | "telegram_unlinked"
  | "telegram_enabled"
  | "telegram_disabled"
  | "sign_in_denied"
  | "password_known"
  | "phone_added"
  | "phone_removed"
  | "calls_off"
  | "recovery_codes_created"
  | "recovery_code_used"
  | "password_changed"
  | "sessions_ended"
  | "reset_by_host"
  /** By whoever operates the service; these have no client. */
  | "recovery_codes_voided"
  | "restored";

export type ActivityEntry = Client & { readonly at: Instant; readonly event: ActivityEvent };

/** The account with one more entry in "recent activity", newest first; the oldest falls off. */
export const noteActivity = (
  account: Account,
  event: ActivityEvent,
  client: Client,
  { now, limits }: Context,
): Account => ({
  ...account,
  activity: [{ at: now, event, ip: client.ip, device: client.device }, ...account.activity].slice(
    0,
    limits.activityEntries,
  ),
});
