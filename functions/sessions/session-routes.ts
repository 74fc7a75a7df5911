import { parseSessionId } from "../../lib/account/ids.ts";
import * as contracts from "../../lib/contract/sessions.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { clearedCookies } from "../../lib/http/cookies.ts";
import { decideAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { readRoute, route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { isLive } from "../../lib/sessions/session.ts";

const time = (instant: number) => new Date(instant).toISOString();

/** GET /v1/session */
export const readSessionRoute = readRoute(contracts.readSession, ({ loaded, session }) => {
  const { id, email, locale } = loaded.value;
  return Promise.resolve(
    answer(200, {
      account: { id, email, locale },
      session: {
        id: session.id,
        createdAt: time(session.createdAt),
        authenticatedAt: time(session.authenticatedAt),
        method: session.method,
      },
    }),
  );
});

/** POST /v1/sign-out */
export const signOutRoute = route(contracts.signOut, async ({ services, heldSession, now }) => {
  if (heldSession) {
    const { accountId: account, id: session, secret } = heldSession;
    // Only the session's secret ends it: others may know the ids alone.
    const ended = await services.sessions.revoke(account, session, now, hashToken(secret));
    if (ended === "revoked") services.log.info("authn_token_revoked", { account, session });
  }
  return answer(204, null, clearedCookies);
});

/** GET /v1/sessions */
export const listSessionsRoute = readRoute(
  contracts.listSessions,
  async ({ services, session, loaded, now }) => {
    const all = await services.sessions.list(session.accountId);
    const live = all
      .filter((one) => isLive(one, loaded.value, contextOf(services, now)))
      .sort((a, b) => b.createdAt - a.createdAt);
    return answer(200, {
      sessions: live.map((one) => ({
        id: one.id,
        current: one.id === session.id,
        device: one.client.device,
        ip: one.client.ip,
        createdAt: time(one.createdAt),
        lastSeenAt: time(one.lastSeenAt),
        method: one.method,
      })),
    });
  },
);

/** DELETE /v1/sessions/{id} */
export const endSessionRoute = route(
  contracts.endSession,
  async ({ services, session, params, now }) => {
    const id = parseSessionId(params["id"]);
    if (!id) return problem("not_found");
    const revoked = await services.sessions.revoke(session.accountId, id, now);
    if (revoked === "unknown") return problem("not_found");
    services.log.info("authn_token_revoked", { account: session.accountId, session: id });
    return answer(204, null, id === session.id ? clearedCookies : undefined);
  },
);

/** DELETE /v1/sessions */
export const endOtherSessionsRoute = route(contracts.endOtherSessions, async (request) => {
  const { services, session, client, now } = request;
  const { outcome } = await decideAs(services, request, (account) =>
    endSessions(account, { sessionId: session.id, client }, contextOf(services, now)),
  );
  return outcome.kind === "unauthenticated" ? problem(outcome.kind) : answer(204, null);
});
