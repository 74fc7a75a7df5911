import { contextOf, type Account } from "../../lib/account/account.ts";
import { readHeldToken } from "../../lib/account/held-token.ts";
import { newSessionId, parseSessionTicketId } from "../../lib/account/ids.ts";
import { openSession } from "../../lib/contract/sessions.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { setSessionCookie } from "../../lib/http/cookies.ts";
import { answerOpened, prepareChallenge } from "../../lib/http/opened-challenge.ts";
import { askWhetherToReplace, findOtherSession } from "../../lib/http/other-session.ts";
import { problem } from "../../lib/http/problem.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { putSession, retireSession } from "../../lib/sessions/begin-session.ts";
import { endOldestSessions } from "../../lib/sessions/end-oldest-sessions.ts";
import { takeSessionTicket, type TicketOutcome } from "../../lib/sessions/session-tickets.ts";
import { newSession } from "../../lib/sessions/session.ts";

/** POST /v1/sessions/open */
export const openSessionRoute = (tokenKeys: () => Promise<KeyRing>) =>
  route(openSession, async (request) => {
    const { services, body, client, now, heldSession, repeatKey } = request;
    const ticket = readHeldToken(body.token, parseSessionTicketId);
    if (!ticket) return problem("invalid_token");
    const { accountId } = ticket;
    const next = (purpose: "session" | "challenge") =>
      nextToken(services, tokenKeys, { held: ticket.secret, purpose, repeatKey });
    const [secret, challengeSecret, other] = await Promise.all([
      next("session"),
      next("challenge"),
      findOtherSession(services, heldSession, accountId, now),
    ]);
    const { asked } = prepareChallenge(services, client);
    const brought = {
      id: ticket.id,
      tokenHash: hashToken(ticket.secret),
      sessionId: newSessionId(services),
      repeatKeyHash: repeatKey?.hash ?? null,
      asked: { ...asked, secretHash: hashToken(challengeSecret) },
      other,
      replaceSession: body.replaceSession === true,
    };
    const decided = await services.decide(accountId, (account) =>
      takeSessionTicket(account, brought, contextOf(services, now)),
    );
    if (!decided) return problem("invalid_token");
    const { account, outcome } = decided;
    switch (outcome.kind) {
      case "no_ticket":
        return problem("invalid_token");
      case "session_of_another":
        return askWhetherToReplace(account, outcome.session);
      case "second_step":
      case "too_many_challenges":
        return answerOpened(services, { account, outcome }, challengeSecret, now);
      case "signed_in":
        return begin(request, account, outcome, secret);
    }
  });

type SignedIn = Extract<TicketOutcome, { kind: "signed_in" }>;

/** Writes the session, as the challenge's function does: the earlier one ends only when the new one is valid. */
const begin = async (
  { services, now, heldSession, repeatKey }: Request<typeof openSession>,
  account: Account,
  { sessionId: id, epoch, proof, beganAt, authenticatedAt, client, returnTo }: SignedIn,
  secret: string,
) => {
  const accountId = account.id;
  const secretHash = hashToken(secret);
  const session = newSession(
    { id, accountId, secretHash, epoch, proof, method: "host", client },
    beganAt,
    now,
  );
  const written = await putSession(services, { ...session, authenticatedAt }, repeatKey);
  if (written === "gone") return problem("invalid_token");
  await Promise.all([
    heldSession?.id === id ? undefined : retireSession(services, heldSession, now),
    endOldestSessions(services, account, id, now),
  ]);
  return answer(200, { status: "signed_in", ...(returnTo && { returnTo }) }, [
    setSessionCookie({ accountId, id, secret }, services.limits.session.absoluteSeconds),
  ]);
};
