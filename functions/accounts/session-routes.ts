import { contextOf } from "../../lib/account/account.ts";
import { writeHeldToken } from "../../lib/account/held-token.ts";
import { newSessionTicketId } from "../../lib/account/ids.ts";
import * as contracts from "../../lib/contract/accounts.ts";
import { newSecret } from "../../lib/crypto/random.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { problem } from "../../lib/http/problem.ts";
import { route } from "../../lib/http/route.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { issueSessionTicket } from "../../lib/sessions/session-tickets.ts";
import { clientOfPerson, pageToReturnTo, wrong } from "./host-request.ts";

/** How far a host's clock may be ahead of ours. */
const skewMilliseconds = 60_000;

/**
 * POST /v1/accounts/{id}/sessions
 *
 * @param signInUrl the page that takes the token from its URL's fragment, which no server and no `Referer` sees.
 */
export const createAccountSessionRoute = (signInUrl: string) =>
  route(contracts.createAccountSession, async ({ services, body, accountId, now, caller }) => {
    const client = clientOfPerson(body);
    if ("problem" in client) return client;
    const back = pageToReturnTo(body.returnTo, services.allowedOrigins);
    if ("problem" in back) return back;
    const said = Date.parse(body.authenticatedAt);
    const oldest = now - services.limits.session.absoluteSeconds * 1000;
    // The form is right and the date may still not exist: no number is within these bounds then.
    if (!(said >= oldest && said <= now + skewMilliseconds)) {
      const hours = services.limits.session.absoluteSeconds / 3600;
      return wrong("/authenticatedAt", `must be a time of the last ${hours} hours`);
    }
    const secret = newSecret(services);
    const asked = {
      id: newSessionTicketId(services),
      tokenHash: hashToken(secret),
      client,
      authenticatedAt: Math.min(said, now),
      ...back,
    };
    const decided = await services.decide(accountId, (account) =>
      issueSessionTicket(account, asked, contextOf(services, now)),
    );
    if (!decided) return problem("not_found");
    services.log.info("authn_token_created", { account: accountId, caller });
    const token = writeHeldToken({ accountId, id: asked.id, secret });
    return answer(201, {
      // The page reads the fragment as a form, in which `+` would be a blank.
      url: `${signInUrl}#session=${encodeURIComponent(token)}`,
      token,
      expiresAt: new Date(decided.outcome.ticket.expiresAt).toISOString(),
    });
  });

/** DELETE /v1/accounts/{id}/sessions. A host calls it when its own user signs out. */
export const endAccountSessionsRoute = route(contracts.endAccountSessions, async (request) => {
  const { services, accountId, client, now, caller } = request;
  const decided = await services.decide(accountId, (account) =>
    endSessions(account, { sessionId: null, client }, contextOf(services, now)),
  );
  if (!decided) return problem("not_found");
  services.log.info("authn_token_revoked", { account: accountId, caller });
  return answer(204, null);
});
