import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { HeldToken } from "../account/held-token.ts";
import type { AccountId, Instant, SessionId } from "../account/ids.ts";
import type { Method } from "../account/challenge.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { hashToken } from "../crypto/token.ts";

/** A browser that is signed in. */
export type Session = {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly secretHash: string;
  readonly epoch: number;
  readonly createdAt: Instant;
  /** The last full authentication: at sign-in, or at the last reauthentication. */
  readonly authenticatedAt: Instant;
  /** The service writes it every few minutes, not at every request. */
  readonly lastSeenAt: Instant;
  readonly method: Method;
  readonly client: Client;
  readonly revokedAt: Instant | null;
  /**
   * The proof from which the session has its token. It rises with every full authentication, so that a late write never
   * replaces a newer one.
   */
  readonly proof: number;
  /** The token that the present one replaced at a reauthentication. */
  readonly replaced: ReplacedToken | null;
};

/** What a browser holds of its session, live or not. */
export type HeldSession = HeldToken<SessionId>;

/** `by`: hash of the Idempotency-Key of the request that replaced it; empty if the request had no key. */
type ReplacedToken = { readonly secretHash: string; readonly by: string };

/** A new session: authenticated at `at`, seen at `now`. */
export const newSession = (
  begun: Pick<Session, "id" | "accountId" | "secretHash" | "epoch" | "proof" | "method" | "client">,
  at: Instant,
  now: Instant,
): Session => ({
  ...begun,
  createdAt: at,
  authenticatedAt: at,
  lastSeenAt: now,
  revokedAt: null,
  replaced: null,
});

/**
 * Whether a session is live: it is not revoked, not idle, not too old, and either of the account's epoch or the kept
 * session. It does not check the secret, see `holdsSession`.
 */
export const isLive = (session: Session, account: Account, { now, limits }: Context): boolean =>
  session.accountId === account.id &&
  session.revokedAt === null &&
  now < session.lastSeenAt + limits.session.idleSeconds * 1000 &&
  now < session.createdAt + limits.session.absoluteSeconds * 1000 &&
  isOfThisEpoch(account, session);

/** Decisions check this again on the account that they save, since the epoch may have risen after the first check. */
export const isOfThisEpoch = (account: Account, session: Pick<Session, "id" | "epoch">): boolean =>
  session.epoch === account.epoch || session.id === account.keptSessionId;

/** Whether this is the session's secret. */
export const holdsSession = (session: Session, secret: string): boolean =>
  equalHashes(session.secretHash, hashToken(secret));

/**
 * Whether this is the secret that the last reauthentication replaced, in a repeat of the request that replaced it. The
 * answer was lost, so the browser has only the old secret. This works for a minute, and for that one request only.
 */
export const heldBeforeRenewal = (
  { replaced, authenticatedAt }: Session,
  given: { readonly secret: string; readonly repeatKeyHash: string },
  context: Context,
): boolean =>
  replaced !== null &&
  equalHashes(replaced.secretHash, hashToken(given.secret)) &&
  equalHashes(replaced.by, given.repeatKeyHash) &&
  mayRepeat(authenticatedAt, context);

/** Whether the last full authentication is recent enough for a change of the factors. */
export const isFresh = (session: Session, { now, limits }: Context): boolean =>
  now < session.authenticatedAt + limits.session.freshSeconds * 1000;

/** When the session ends for good, so that the store may forget it. */
export const endsAt = (session: Session, absoluteSeconds: number): Instant =>
  session.createdAt + absoluteSeconds * 1000;
