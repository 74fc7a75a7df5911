import type { PasswordFault } from "../sessions/judge-password.ts";

/**
 * Every problem that the service answers (RFC 9457). The key is the stable `code` that clients switch on. Titles are
 * for people who read logs, and may change.
 */
export const problems = {
  invalid_request: [400, "The request is not what this address takes"],
  invalid_json: [400, "The body is not JSON"],
  unauthenticated: [401, "Nobody is signed in here"],
  invalid_credentials: [401, "Mail or password is wrong"],
  invalid_token: [401, "This token was used, is too old, or was never ours; ask for a new one"],
  no_challenge: [401, "No second step is under way in this browser"],
  wrong_code: [401, "The code is wrong"],
  code_already_used: [401, "This code has been used; wait for the next one"],
  forbidden_origin: [403, "Pages of this origin may not do this"],
  host_session_required: [403, "The host signs this person in; ask it for a new session"],
  reauthentication_required: [403, "Confirm that it is you, then try again"],
  not_found: [404, "There is nothing here"],
  method_not_allowed: [405, "This address does not take that method"],
  challenge_pending: [409, "The second step has not been answered yet"],
  challenge_denied: [409, "The sign-in was denied"],
  challenge_expired: [409, "The second step took too long"],
  challenge_locked: [409, "Too many wrong codes for this sign-in"],
  challenge_cancelled: [409, "This second step was cancelled"],
  challenge_completed: [409, "This second step is done already"],
  session_of_another_account: [
    409,
    "Somebody else is signed in here; ask before they are replaced",
  ],
  method_unavailable: [409, "The account cannot use this method now"],
  code_unavailable: [409, "The code of this call is not known to anybody; take the next way"],
  second_step_required: [409, "This needs Telegram or an authenticator app to be on"],
  enrolment_expired: [409, "The set-up took too long; start again"],
  invalid_number: [400, "This is not a phone number that can be called"],
  country_not_allowed: [403, "Numbers of this country are not called"],
  no_way_left: [409, "Neither a call nor an SMS is left for this sign-in"],
  no_telegram_account: [409, "No Telegram account is linked"],
  link_unanswered: [409, "Nobody has opened the link in Telegram yet"],
  link_expired: [409, "The link is too old; make a new one"],
  limit_reached: [409, "There are as many of these as there can be"],
  email_taken: [409, "Another account has this mail"],
  payload_too_large: [413, "The body is too large"],
  unsupported_media_type: [415, "The body must be application/json"],
  too_early: [429, "Not yet; wait"],
  too_many_attempts: [429, "Too many attempts; wait"],
  busy: [503, "Too much is happening to this account at once; try again"],
  unavailable: [503, "The service cannot answer now; try again"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

/** What is wrong with a field. */
export type FieldError = {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly detail: string;
  /** A stable code; only for a new password that is refused for its content. */
  readonly reason?: PasswordFault;
};
