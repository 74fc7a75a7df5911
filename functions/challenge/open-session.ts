import type { Account } from "../../lib/account/account.ts";
import type { Challenge, Completion } from "../../lib/account/challenge.ts";
import { writeToken } from "../../lib/challenge/token.ts";
import type { Completed } from "../../lib/challenge/complete-challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { putSession, retireSession } from "../../lib/sessions/begin-session.ts";
import { setSessionCookie } from "../../lib/http/cookies.ts";
import { problem } from "../../lib/http/problem.ts";
import { endOldestSessions } from "../../lib/sessions/end-oldest-sessions.ts";
import { newSession } from "../../lib/sessions/session.ts";
import type { Given } from "./answer-of.ts";
import type { Challenged } from "./challenged.ts";

/**
 * Writes the session of a completed challenge and hands its token to the browser. A repeat of the same completion
 * writes the same session with the same token, so the writes may land in any order; a session that ended meanwhile
 * stays ended. The browser's earlier session ends only when the new one is valid.
 */
export async function openSession(
  request: Challenged,
  account: Account,
  { challenge, completion }: Completed,
  { secret, grant }: Given,
) {
  const { services, now, heldSession } = request;
  const { sessionId, method } = completion;
  const written =
    challenge.purpose === "sign_in"
      ? await begin(request, account, completion, secret)
      : await services.sessions.renew(account.id, sessionId, {
          secretHash: hashToken(secret),
          epoch: completion.epoch,
          authenticatedAt: completion.at,
          method,
          proof: completion.proof,
          replaced: null,
        });
  if (written === "gone") return problem("unauthenticated");
  // The person proved themselves again after this: the browser has the token of that proof.
  if (written === "superseded") return problem("challenge_completed");
  await Promise.all([
    heldSession?.id === sessionId ? undefined : retireSession(services, heldSession, now),
    challenge.purpose === "sign_in"
      ? endOldestSessions(services, account, sessionId, now)
      : undefined,
  ]);
  return answer(
    200,
    {
      status: challenge.purpose === "sign_in" ? "signed_in" : "reauthenticated",
      ...(method === "recovery_code" && {
        recoveryCodesLeft: account.recoveryCodes?.left.length ?? 0,
      }),
      ...(challenge.handoff &&
        completion.grantHash === hashToken(grant) &&
        handBack(account, challenge, grant)),
    },
    [
      setSessionCookie(
        { accountId: account.id, id: sessionId, secret },
        services.limits.session.absoluteSeconds,
      ),
    ],
  );
}

const begin = (
  { services, now, client, repeatKey }: Challenged,
  account: Account,
  { sessionId, at, epoch, method, proof }: Completion,
  secret: string,
) => {
  const begun = {
    id: sessionId,
    accountId: account.id,
    secretHash: hashToken(secret),
    epoch,
    proof,
    method,
    client,
  };
  return putSession(services, newSession(begun, at, now), repeatKey);
};

/** What takes the person back to the host: the grant, and the host's page with the grant in its query. */
const handBack = ({ id }: Account, challenge: Challenge, secret: string) => {
  const grant = writeToken({ accountId: id, challengeId: challenge.id, secret });
  const returnTo = challenge.handoff?.returnTo;
  if (!returnTo) return { grant };
  const url = new URL(returnTo);
  url.searchParams.set("grant", grant);
  return { grant, returnTo: url.href };
};
