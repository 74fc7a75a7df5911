import type { ActivityEntry, ActivityEvent } from "../account/activity.ts";

/** The account's owner gets a notice of these events, because somebody else may have caused them. */
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

/** Somebody who has the SIM card and nothing else signs in by the fallback, so such a sign-in sends a notice too. */
export type ToldEvent = (typeof toldEvents)[number] | "signed_in_by_call" | "signed_in_by_sms";

/** What the owner is told of an entry of recent activity; undefined: nothing. */
export const toldAs = ({ event, method }: ActivityEntry): ToldEvent | undefined => {
  if (event === "signed_in") {
    return method === "call" || method === "sms" ? `signed_in_by_${method}` : undefined;
  }
  return toldEvents.find((told) => told === event);
};
