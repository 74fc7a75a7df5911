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

/**
 * A person's account: one item, so that whatever is decided about it is decided at once. A few KB, bounded by
 * `Limits`. Plain JSON: what is stored is what is here.
 */
export type Account = {
  readonly id: AccountId;
  readonly createdAt: Instant;
  /** Canonical, see `canonicalEmail`. */
  readonly email: string;
  readonly locale: Locale;
  /** PHC string, or null where the host checks the first step itself. */
  readonly password: string | null;
  /** Sessions and challenges carry the epoch they began in; raising it ends all of them at once. */
  readonly epoch: number;
  /** The one session of an older epoch that outlived the last raise. */
  readonly keptSessionId: SessionId | null;
  readonly authenticators: readonly Authenticator[];
  readonly totpEnrolment: TotpEnrolment | null;
  readonly telegram: TelegramFactor;
  readonly phones: readonly Phone[];
  readonly phoneEnrolment: PhoneEnrolment | null;
  readonly recoveryCodes: RecoveryCodes | null;
  readonly challenges: readonly Challenge[];
  /** When challenges of the last hour were opened, by who may ask for them. */
  readonly challengesOpenedAt: Readonly<Record<ChallengeKind, readonly Instant[]>>;
  /** When sessions that may live still were begun, the last of them: as many as may live, and one more. */
  readonly sessionsBegunAt: readonly Instant[];
  /** Steps of the last minute that may be asked for again. */
  readonly done: readonly OnceDone[];
  readonly guesses: GuessRecord;
  readonly activity: Activity;
  /** When somebody said that a sign-in with the right password was not theirs; a new password clears it. */
  readonly passwordKnownAt: Instant | null;
  /** The point in time that a backup brought it back to last, see `restoreAccount`. */
  readonly restoredFrom: Instant | null;
};

/** A step that is good once and was done by a request with an Idempotency-Key. */
type OnceDone = {
  /** Hash of who asked, for what, and of the key. */
  readonly by: string;
  readonly at: Instant;
  /** The kind of its outcome. */
  readonly kind: string;
};

/** Keyed hashes, see `recoveryCodeHashes`. Those that were used are kept to tell a used code from a wrong one. */
export type RecoveryCodes = {
  readonly createdAt: Instant;
  readonly left: readonly string[];
  readonly used: readonly string[];
};

/** What a decision is made with besides the account and the command. */
export type Context = { readonly now: Instant; readonly limits: Limits };

export const contextOf = ({ limits }: { readonly limits: Limits }, now: Instant): Context => ({
  now,
  limits,
});

/** A new account without factors. Also the value of every field that an older stored item does not have yet. */
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
