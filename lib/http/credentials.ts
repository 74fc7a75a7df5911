import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import type { Instant } from "../account/ids.ts";
import type { Challenge } from "../account/challenge.ts";
import { findChallenge } from "../account/challenges.ts";
import {
  heldBeforeRenewal,
  holdsSession,
  isFresh,
  isLive,
  type HeldSession,
  type Session,
} from "../sessions/session.ts";
import { challengeCookieOf, sessionCookieOf } from "./cookies.ts";
import { faultFields } from "../log/log.ts";
import { problem, type Problem } from "./problem.ts";
import type { ReadingServices } from "../runtime/services.ts";
import { contextOf } from "../account/account.ts";

export type SignedIn = { readonly session: Session; readonly loaded: Versioned<Account> };
export type Challenged = {
  readonly challenge: Challenge;
  readonly loaded: Versioned<Account>;
  /** The secret of the challenge's cookie. */
  readonly challengeSecret: string;
};

/**
 * Returns the live session of the request's cookie, with one consistent read.
 *
 * @param renewing hash of the request's Idempotency-Key, where the request renews the session's token: when it is
 *   sent again, it may come with the token that it replaced.
 */
export const authenticate = async (
  services: ReadingServices,
  event: APIGatewayProxyEventV2,
  now: Instant,
  renewing?: string,
): Promise<SignedIn | Problem<"unauthenticated">> => {
  const cookie = sessionCookieOf(event);
  return (
    (cookie && (await liveSession(services, cookie, now, renewing))) ?? problem("unauthenticated")
  );
};

/** Returns the session that a browser holds, or undefined if it is not live. One consistent read. */
export const liveSession = async (
  services: ReadingServices,
  { accountId, id, secret }: HeldSession,
  now: Instant,
  renewing?: string,
): Promise<SignedIn | undefined> => {
  const { session, account } = await services.sessions.loadWithAccount(accountId, id);
  const context = contextOf(services, now);
  if (!session || !account || !isLive(session, account.value, context)) return undefined;
  const holds =
    holdsSession(session, secret) ||
    (renewing !== undefined &&
      heldBeforeRenewal(session, { secret, repeatKeyHash: renewing }, context));
  return holds ? { session, loaded: account } : undefined;
};

/** Returns a problem unless the person proved themselves recently enough to change how they sign in. */
export const requireFresh = (
  services: ReadingServices,
  { session }: SignedIn,
  now: Instant,
): Problem<"reauthentication_required"> | undefined =>
  isFresh(session, contextOf(services, now)) ? undefined : problem("reauthentication_required");

/** Returns the challenge of the request's cookie, even if it is over. */
export const findOwnChallenge = async (
  services: ReadingServices,
  event: APIGatewayProxyEventV2,
): Promise<Challenged | Problem<"no_challenge">> => {
  const cookie = challengeCookieOf(event);
  if (!cookie) return problem("no_challenge");
  const loaded = await services.accounts.load(cookie.accountId);
  const challenge = loaded && findChallenge(loaded.value, cookie.id, cookie.secret);
  return challenge
    ? { challenge, loaded, challengeSecret: cookie.secret }
    : problem("no_challenge");
};

/**
 * Notes every few minutes that the session was used, while the request goes on. If the note fails, the person loses
 * some idle time, but the request succeeds.
 */
export const touch = async (
  services: ReadingServices,
  { session }: SignedIn,
  now: Instant,
): Promise<void> => {
  if (now < session.lastSeenAt + services.limits.session.touchSeconds * 1000) return;
  try {
    await services.sessions.touch(session, now);
  } catch (fault) {
    services.log.warn("session_touch_failed", faultFields(fault));
  }
};
