import type { Account } from "../account/account.ts";
import type { ActivityEvent } from "../account/activity.ts";
import type { Log } from "./log.ts";

/** The authentication events in the words of OWASP's logging vocabulary. */
const vocabulary: Record<ActivityEvent, string> = {
  signed_in: "authn_login_success",
  reauthenticated: "authn_login_success",
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
  recovery_codes_created: "user_updated",
  recovery_code_used: "authn_login_success",
  password_changed: "authn_password_change",
  sessions_ended: "authn_token_revoked",
  reset_by_host: "user_updated",
};

/** One line for each entry that a saved decision added to "recent activity". */
export const logNewActivity = (log: Log, before: Account, after: Account): void => {
  const known = new Set(before.activity);
  for (const entry of after.activity.filter((one) => !known.has(one)).reverse()) {
    log.info(vocabulary[entry.event], {
      event: vocabulary[entry.event],
      activity: entry.event,
      account: after.id,
      ip: entry.ip,
      device: entry.device,
    });
  }
};
