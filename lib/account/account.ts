import type { Locale } from "../settings/languages.ts";
import type { Challenge, ChallengeKind } from "./challenge.ts";
import type { Authenticator, TotpEnrolment } from "./authenticator.ts";
import type { Phone, PhoneEnrolment } from "./phone.ts";
import { noTelegram, type TelegramFactor } from "./telegram.ts";
import type { GuessRecord } from "./guesses.ts";
import { noGuesses } from "./guesses.ts";
import type { Limits } from "../settings/limits.ts";
import { noActivity, type Activity } from "./activity.ts";
import type { AccountId, Instant, SessionId } from "./ids.ts";
import type { SessionTicket } from "./session-ticket.ts";

/**
 * A person's account. It is one item, so that one save decides everything about it. It takes a few KB, and `Limits`
 * bounds its size. It is plain JSON, and the store keeps it in this form.
 */
export type Account = {
  readonly id: AccountId;
  readonly createdAt: Instant;
  /** Canonical, see `canonicalEmail`. */
  readonly email: string;
  readonly locale: Locale;
  /** PHC string; null if the host checks the first step itself. */
  readonly password: string | null;
  /** Sessions and challenges carry the epoch in which they began. Raising it ends all of them at once. */
  readonly epoch: number;
  /** The kept session: the one session of an older epoch that the last raise did not end. */
  readonly keptSessionId: SessionId | null;
  readonly authenticators: readonly Authenticator[];
  readonly totpEnrolment: TotpEnrolment | null;
  readonly telegram: TelegramFactor;
  readonly phones: readonly Phone[];
  readonly phoneEnrolment: PhoneEnrolment | null;
  readonly recoveryCodes: RecoveryCodes | null;
  readonly challenges: readonly Challenge[];
  /** When the challenges of the last hour were opened, for each kind of challenge. */
  readonly challengesOpenedAt: Readonly<Record<ChallengeKind, readonly Instant[]>>;
  /** When the latest sessions that may still be live began: at most one more than may be live at once. */
  readonly sessionsBegunAt: readonly Instant[];
  /** Tickets of the last minutes, see `SessionTicket`. */
  readonly sessionTickets: readonly SessionTicket[];
  /** Steps of the last minute that the same request may repeat. */
  readonly done: readonly OnceDone[];
  readonly guesses: GuessRecord;
  readonly activity: Activity;
  /** When the owner said that a sign-in with the right password was not theirs. A new password clears it. */
  readonly passwordKnownAt: Instant | null;
  /** The point in time to which the last restore from a backup brought the account, see `restoreAccount`. */
  readonly restoredFrom: Instant | null;
};

/** A step that works once, and that a request with an Idempotency-Key has done. */
type OnceDone = {
  /** Hash of the caller, the request and the key. */
  readonly by: string;
  readonly at: Instant;
  /** The kind of its outcome. */
  readonly kind: string;
};

/** Keyed hashes, see `recoveryCodeHashes`. The account keeps used ones to tell a used code from a wrong one. */
export type RecoveryCodes = {
  readonly createdAt: Instant;
  readonly left: readonly string[];
  readonly used: readonly string[];
};

/** What a decision needs besides the account and the command. */
export type Context = { readonly now: Instant; readonly limits: Limits };

export const contextOf = ({ limits }: { readonly limits: Limits }, now: Instant): Context => ({
  now,
  limits,
});

/** A new account without factors. It also gives the value of every field that an older stored item does not have. */
export const newAccount = (given: Pick<Account, "id" | "createdAt" | "email">): Account => ({
  locale: "en",
  password: null,
  epoch: 1,
  keptSessionId: null,
  authenticators: [],
  totpEnrolment: null,
  telegram: noTelegram,
  phones: [],
  phoneEnrolment: null,
  recoveryCodes: null,
  challenges: [],
  challengesOpenedAt: { sign_in: [], reauthentication: [], host: [] },
  sessionsBegunAt: [],
  sessionTickets: [],
  done: [],
  guesses: noGuesses,
  activity: noActivity,
  passwordKnownAt: null,
  restoredFrom: null,
  ...given,
});

/** The account with one more session on its record. */
export const withSessionBegun = (account: Account, { now, limits }: Context): Account => ({
  ...account,
  sessionsBegunAt: [...account.sessionsBegunAt, now].slice(-(limits.session.live + 1)),
});

/** The form in which mails are compared, stored and hashed. */
export const canonicalEmail = (email: string): string =>
  email.trim().normalize("NFKC").toLowerCase();
