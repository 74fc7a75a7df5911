import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { readHeldToken, writeHeldToken, type HeldToken } from "../account/held-token.ts";
import { parseChallengeId, parseSessionId, type ChallengeId } from "../account/ids.ts";
import type { HeldSession } from "../sessions/session.ts";

const sessionCookie = "__Host-session";
const challengeCookie = "__Host-challenge";

/** `__Host-` makes browsers refuse the cookie from another host, a path or plain HTTP [RFC 6265bis §4.1.3.2]. */
const attributes = "Path=/; HttpOnly; Secure; SameSite=Lax";

export const sessionCookieOf = (event: APIGatewayProxyEventV2): HeldSession | undefined =>
  read(event, sessionCookie, parseSessionId);

export const challengeCookieOf = (
  event: APIGatewayProxyEventV2,
): HeldToken<ChallengeId> | undefined => read(event, challengeCookie, parseChallengeId);

export const setSessionCookie = (cookie: HeldSession, maxAgeSeconds: number): string =>
  write(sessionCookie, cookie, maxAgeSeconds);

export const setChallengeCookie = (cookie: HeldToken<ChallengeId>, maxAgeSeconds: number): string =>
  write(challengeCookie, cookie, maxAgeSeconds);

/** Clears both cookies, so that nothing of the sign-in is left in the browser after signing out. */
export const clearedCookies = [sessionCookie, challengeCookie].map(
  (name) => `${name}=; ${attributes}; Max-Age=0`,
);

const write = (name: string, held: HeldToken<string>, maxAgeSeconds: number) =>
  `${name}=${writeHeldToken(held)}; ${attributes}; Max-Age=${maxAgeSeconds}`;

/** Reads a cookie. A garbled cookie counts as no cookie, and never as a fault. */
const read = <Id extends string>(
  event: APIGatewayProxyEventV2,
  name: string,
  parseId: (text: string | undefined) => Id | undefined,
): HeldToken<Id> | undefined => {
  for (const cookie of event.cookies ?? []) {
    if (!cookie.startsWith(`${name}=`)) continue;
    const held = readHeldToken(cookie.slice(name.length + 1), parseId);
    if (held) return held;
  }
  return undefined;
};
