import type { Account } from "../account/account.ts";
import type { ActivityEntry, ActivityEvent } from "../account/activity.ts";
import { notedSince } from "../account/note-activity.ts";
import type { AccountId } from "../account/ids.ts";

/** An entry of an account's recent activity, for a system that watches over all accounts. */
export type ActivityNotice = ActivityEntry & {
  readonly account: AccountId;
  /** The event in the words of OWASP's logging vocabulary. */
  readonly vocabulary: string;
};

/** Tells the deployer's other systems each entry of recent activity, at least once and in any order. */
export type ActivityEvents = {
  publish(notices: readonly ActivityNotice[]): Promise<void>;
};

/** Each event in the words of OWASP's logging vocabulary. */
const vocabulary: Record<ActivityEvent, string> = {
  signed_in: "authn_login_success",
  reauthenticated: "authn_login_success",
  // The password alone leads to this event.
  challenge_opened: "authn_token_created",
  challenge_expired: "authn_login_fail",
  challenge_unfinished: "authn_login_fail",
  guessing_suspected: "authn_login_fail_max",
  email_changed: "user_updated",
  challenge_locked: "authn_login_lock",
  challenge_cancelled: "authn_login_fail",
  codes_off: "authn_login_fail_max",
  totp_enabled: "user_updated",
  totp_removed: "user_updated",
  telegram_linked: "user_updated",
  telegram_unlinked: "user_updated",
  telegram_enabled: "user_updated",
  telegram_disabled: "user_updated",
  sign_in_denied: "authn_login_fail",
  password_known: "authn_password_compromised",
  phone_added: "user_updated",
  phone_removed: "user_updated",
  calls_off: "authn_login_fail_max",
  recovery_codes_created: "user_updated",
  recovery_code_used: "authn_login_success",
  password_changed: "authn_password_change",
  sessions_ended: "authn_token_revoked",
  reset_by_host: "user_updated",
  recovery_codes_voided: "user_updated",
  restored: "authn_token_revoked",
};

/** Returns the entries that a saved decision added to recent activity, oldest first. */
export const newActivity = (before: Account, after: Account): ActivityNotice[] =>
  notedSince(before, after).map((entry) => ({
    ...entry,
    account: after.id,
    vocabulary: vocabulary[entry.event],
  }));
