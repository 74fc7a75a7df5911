import type { ToldEvent } from "../../told-activity.ts";
import type { SignIn } from "../catalogue.ts";
import { html, paragraphs } from "../html.ts";

/** What notices are made of, in one language. All texts are plain. */
export type NoticeTexts = {
  /** What happened, as a heading. */
  readonly what: Readonly<Record<ToldEvent, string>>;
  readonly advice: Readonly<Record<Advice, (service: string) => string>>;
  /** The lines that tell which account, from where and when. */
  readonly details: (about: SignIn) => string;
};

/**
 * What to do if it was not the owner. None of it is a link: whoever is told to follow links that such messages bring can be
 * told so by anybody.
 */
type Advice =
  /** Somebody got in. */
  | "lock_out"
  /** Somebody knows the password and got no further. */
  | "new_password"
  /** The password may be another by now, so the owner may not get in by themselves. */
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
