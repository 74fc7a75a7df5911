import type { ToldEvent } from "../../told-activity.ts";
import type { SignIn } from "../catalogue.ts";
import { html, paragraphs } from "../html.ts";

/** The texts of notices, in one language. All are plain. */
export type NoticeTexts = {
  /** What happened, as a heading. */
  readonly what: Readonly<Record<ToldEvent, string>>;
  readonly advice: Readonly<Record<Advice, (service: string) => string>>;
  /** The lines that tell which account, from where and when. */
  readonly details: (about: SignIn) => string;
};

/**
 * What to do if it was not the owner. No advice is a link: an owner who learns to follow links in such messages would
 * follow an attacker's link as well.
 */
type Advice =
  /** Somebody got in. */
  | "lock_out"
  /** Somebody knows the password and got no further. */
  | "new_password"
  /** The password may have changed, so the owner may not be able to sign in without help. */
  | "support";

const adviceOn: Readonly<Record<ToldEvent, Advice>> = {
  totp_enabled: "lock_out",
  totp_removed: "lock_out",
  telegram_linked: "lock_out",
  telegram_unlinked: "lock_out",
  telegram_enabled: "lock_out",
  telegram_disabled: "lock_out",
  phone_added: "lock_out",
  phone_removed: "lock_out",
  recovery_codes_created: "lock_out",
  recovery_code_used: "lock_out",
  signed_in_by_call: "lock_out",
  signed_in_by_sms: "lock_out",
  sign_in_denied: "new_password",
  guessing_suspected: "new_password",
  codes_off: "new_password",
  calls_off: "new_password",
  password_changed: "support",
  email_changed: "support",
  reset_by_host: "support",
};

/** A notice as Telegram's HTML. */
export const noticeIn =
  ({ what, advice, details }: NoticeTexts) =>
  (event: ToldEvent, about: SignIn): string =>
    paragraphs(
      html`<b>${about.service}: ${what[event]}</b>`,
      details(about),
      html`${advice[adviceOn[event]](about.service)}`,
    );
