import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Account } from "../account/account.ts";
import type { Versioned } from "../account/account-store.ts";
import type { Instant } from "../account/ids.ts";
import { findChallenge, type Challenge } from "../challenge/challenge.ts";
import { holdsSession, isFresh, isLive, type Session } from "../session/session.ts";
import { challengeCookieOf, sessionCookieOf, type HeldSession } from "./cookies.ts";
import { faultFields } from "./log.ts";
import { problem, type Problem } from "./problem.ts";
import { contextOf, type Shell } from "./shell.ts";

export type SignedIn = { readonly session: Session; readonly loaded: Versioned<Account> };
export type Challenged = { readonly challenge: Challenge; readonly loaded: Versioned<Account> };

/** The live session of the request's cookie, in one consistent read. */
export const authenticate = async (
  shell: Shell,
  event: APIGatewayProxyEventV2,
  now: Instant,
): Promise<SignedIn | Problem<"unauthenticated">> => {
  const cookie = sessionCookieOf(event);
  return (cookie && (await liveSession(shell, cookie, now))) ?? problem("unauthenticated");
};

/** The session that a browser holds, if it counts; undefined if not. One consistent read. */
export const liveSession = async (
  shell: Shell,
  { accountId, id, secret }: HeldSession,
  now: Instant,
): Promise<SignedIn | undefined> => {
  const { session, account } = await shell.sessions.loadWithAccount(accountId, id);
  return session &&
    account &&
    holdsSession(session, secret) &&
    isLive(session, account.value, contextOf(shell, now))
    ? { session, loaded: account }
    : undefined;
};

/** Whether the person proved themselves recently enough to change how they do. */
export const requireFresh = (
  shell: Shell,
  { session }: SignedIn,
  now: Instant,
): Problem<"reauthentication_required"> | undefined =>
  isFresh(session, contextOf(shell, now)) ? undefined : problem("reauthentication_required");

/** The challenge of the request's cookie, over or not. */
export const findOwnChallenge = async (
  shell: Shell,
  event: APIGatewayProxyEventV2,
): Promise<Challenged | Problem<"no_challenge">> => {
  const cookie = challengeCookieOf(event);
  if (!cookie) return problem("no_challenge");
  const loaded = await shell.decider.store.load(cookie.accountId);
  const challenge = loaded && findChallenge(loaded.value, cookie.id, cookie.secret);
  return challenge ? { challenge, loaded } : problem("no_challenge");
};

/**
 * Notes that the session was used, every few minutes, while the request goes on. A note that fails costs the person
 * some idle time, not the request.
 */
export const touch = async (shell: Shell, { session }: SignedIn, now: Instant): Promise<void> => {
  if (now < session.lastSeenAt + shell.limits.session.touchSeconds * 1000) return;
  try {
    await shell.sessions.touch(session, now);
  } catch (fault) {
    shell.log.warn("session_touch_failed", faultFields(fault));
  }
};
