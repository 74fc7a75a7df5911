import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
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
  /** The last full authentication: at sign-in, or when the person proved themselves again. */
  readonly authenticatedAt: Instant;
  /** Written every few minutes, not at every request. */
  readonly lastSeenAt: Instant;
  readonly method: Method;
  readonly client: Client;
  readonly revokedAt: Instant | null;
  /**
   * Which of the account's proofs its token comes of: rises with every one. A write that comes late never takes the place
   * of a later one.
   */
  readonly proof: number;
  /** The token that the present one took the place of at a re-authentication. */
  readonly replaced: ReplacedToken | null;
};

/** `by`: hash of the Idempotency-Key of the request that replaced it; empty where it had none. */
type ReplacedToken = { readonly secretHash: string; readonly by: string };

/** A session as it begins: by a proof at `at`, seen at `now`. */
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
 * Whether a session counts: not revoked, neither idle nor too old, of the account's epoch or its keptSessionId. The secret
 * is another question, see `holdsSession`.
 */
export const isLive = (session: Session, account: Account, { now, limits }: Context): boolean =>
  session.accountId === account.id &&
  session.revokedAt === null &&
  now < session.lastSeenAt + limits.session.idleSeconds * 1000 &&
  now < session.createdAt + limits.session.absoluteSeconds * 1000 &&
  isOfThisEpoch(account, session);

/** Decisions ask this again on the account that they save, since the epoch may have moved after the check. */
export const isOfThisEpoch = (account: Account, session: Pick<Session, "id" | "epoch">): boolean =>
  session.epoch === account.epoch || session.id === account.keptSessionId;

/** Whether this is the secret that the session was given to. */
export const holdsSession = (session: Session, secret: string): boolean =>
  equalHashes(session.secretHash, hashToken(secret));

/**
 * Whether this is the secret that the last re-authentication replaced, come again with the request that did so: its answer
 * was lost, and the browser has nothing else. Good for a minute, for that one request alone.
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

/** Whether the person authenticated so recently that they may change how they authenticate. */
export const isFresh = (session: Session, { now, limits }: Context): boolean =>
  now < session.authenticatedAt + limits.session.freshSeconds * 1000;

/** When nothing can make this session live any more, and the store may forget it. */
export const endsAt = (session: Session, absoluteSeconds: number): Instant =>
  session.createdAt + absoluteSeconds * 1000;
