import type { ActivityEntry, ActivityEvent } from "../account/activity.ts";

/** What the owner of an account is told without having to look: whoever did it may not be them. */
export const toldEvents = [
  "totp_enabled",
  "totp_removed",
  "telegram_linked",
  "telegram_unlinked",
  "telegram_enabled",
  "telegram_disabled",
  "phone_added",
  "phone_removed",
  "recovery_codes_created",
  "recovery_code_used",
  "password_changed",
  "email_changed",
  "sign_in_denied",
  "guessing_suspected",
  "codes_off",
  "calls_off",
  "reset_by_host",
] as const satisfies readonly ActivityEvent[];

/** The fallback is what somebody uses who has the SIM card and nothing else, so signing in by it is told too. */
export type ToldEvent = (typeof toldEvents)[number] | "signed_in_by_call" | "signed_in_by_sms";

/** What the owner is told of an entry of recent activity; undefined: nothing. */
export const toldAs = ({ event, method }: ActivityEntry): ToldEvent | undefined => {
  if (event === "signed_in") {
    return method === "call" || method === "sms" ? `signed_in_by_${method}` : undefined;
  }
  return toldEvents.find((told) => told === event);
};
