import type { NoticeTexts } from "./notice.ts";

export const noticesEn: Omit<NoticeTexts, "details"> = {
  what: {
    totp_enabled: "an authenticator app was added",
    totp_removed: "an authenticator app was removed",
    telegram_linked: "a Telegram account was linked",
    telegram_unlinked: "a Telegram account was unlinked",
    telegram_enabled: "confirming in Telegram was switched on",
    telegram_disabled: "confirming in Telegram was switched off",
    phone_added: "a phone number was added",
    phone_removed: "a phone number was removed",
    recovery_codes_created: "new recovery codes were made",
    recovery_code_used: "a recovery code was used",
    signed_in_by_call: "somebody signed in by a call",
    signed_in_by_sms: "somebody signed in by an SMS",
    sign_in_denied: "a sign-in was denied, and nobody was let in",
    guessing_suspected: "many wrong codes, somebody may be guessing",
    codes_off: "codes are off after too many wrong ones",
    calls_off: "calls are off for a day after too many wrong codes",
    password_changed: "the password was changed",
    email_changed: "the email address was changed",
    reset_by_host: "support removed all methods of the second step",
  },
  advice: {
    lock_out: (service) =>
      `If this was not you: open ${service} yourself, change your password in the Security tab and end all other sessions there.`,
    new_password: (service) =>
      `If this was not you, somebody knows your password: open ${service} yourself and change it in the Security tab.`,
    support: (service) =>
      `If this was not you, or not done for you: contact the support of ${service} at once. If you can still sign in, change your password in the Security tab and end all other sessions there.`,
  },
};
