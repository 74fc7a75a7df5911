import type { Method } from "./challenge.ts";
import type { Client } from "./client.ts";
import type { ChallengeId, Instant } from "./ids.ts";

/** What became of right passwords, and of proving it again. */
export const signInEvents = [
  /** The password was right, the second step is not done yet. */
  "challenge_opened",
  "signed_in",
  "reauthenticated",
  "sign_in_denied",
  "challenge_locked",
  "challenge_cancelled",
  /** Nobody answered in time. */
  "challenge_expired",
  /** It was approved, and the browser never came for it. */
  "challenge_unfinished",
] as const;

/** What changed about the account, and what its owner should look at. */
type ChangeEvent =
  | "password_known"
  | "password_changed"
  | "email_changed"
  | "codes_off"
  | "calls_off"
  | "guessing_suspected"
  | "totp_enabled"
  | "totp_removed"
  | "telegram_linked"
  | "telegram_unlinked"
  | "telegram_enabled"
  | "telegram_disabled"
  | "phone_added"
  | "phone_removed"
  | "recovery_codes_created"
  | "recovery_code_used"
  | "sessions_ended"
  | "reset_by_host"
  /** By whoever operates the service; these have no client. */
  | "recovery_codes_voided"
  | "restored";

export type ActivityEvent = (typeof signInEvents)[number] | ChangeEvent;

export type ActivityEntry = Client & {
  /** When it happened, the last time. */
  readonly at: Instant;
  readonly event: ActivityEvent;
  /** Names the entry among all that were ever noted of the account; a repeat gets a new one. */
  readonly n: number;
  /** How often it happened, each time within a day of the last, a sign-in within a week; absent: once. */
  readonly times?: number;
  /** Of a sign-in that was completed. */
  readonly method?: Method;
  /** Of a second step that is not over yet. */
  readonly challengeId?: ChallengeId;
};

/**
 * What the owner can look at. Sign-ins and changes have their entries apart: whoever knows the password can make any
 * number of the first, and must not wash out the second.
 */
export type Activity = {
  /** How much was ever noted. */
  readonly noted: number;
  /** Newest first, as `changes`. */
  readonly signIns: readonly ActivityEntry[];
  readonly changes: readonly ActivityEntry[];
};

export const noActivity: Activity = { noted: 0, signIns: [], changes: [] };
