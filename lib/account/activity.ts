import type { Method } from "./challenge.ts";
import type { Client } from "./client.ts";
import type { ChallengeId, Instant } from "./ids.ts";

/** What happened after a right password, at sign-in or at a reauthentication. */
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
  /** It was approved, and its browser never completed it. */
  "challenge_unfinished",
] as const;

/** What changed in the account, and what its owner should know of. */
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
  /** The operator caused the next two; they have no client. */
  | "recovery_codes_voided"
  | "restored";

export type ActivityEvent = (typeof signInEvents)[number] | ChangeEvent;

export type ActivityEntry = Client & {
  /** When it last happened. */
  readonly at: Instant;
  readonly event: ActivityEvent;
  /** The entry's number among all that the account ever noted. A repeat gets a new number. */
  readonly n: number;
  /** How often it happened: a change each time within a day of the last, a sign-in within a week. Absent: once. */
  readonly times?: number;
  /** Only on a sign-in that was completed. */
  readonly method?: Method;
  /** Only on a second step that is not over yet. */
  readonly challengeId?: ChallengeId;
};

/**
 * Recent activity, which the owner can read. Sign-ins and changes have separate lists: a stranger who knows the
 * password can cause any number of sign-in entries, and these must not push out the changes.
 */
export type Activity = {
  /** How many times something was noted so far. */
  readonly noted: number;
  /** Newest first, like `changes`. */
  readonly signIns: readonly ActivityEntry[];
  readonly changes: readonly ActivityEntry[];
};

export const noActivity: Activity = { noted: 0, signIns: [], changes: [] };
