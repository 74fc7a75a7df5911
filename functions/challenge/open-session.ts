import type { Account } from "../../lib/account/account.ts";
import type { Challenge } from "../../lib/challenge/challenge.ts";
import { writeToken } from "../../lib/challenge/token.ts";
import type { Completed } from "../../lib/challenge/complete-challenge.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { retireSession } from "../../lib/http/begin-session.ts";
import { setSessionCookie } from "../../lib/http/cookies.ts";
import { problem } from "../../lib/http/problem.ts";
import { newSecret } from "../../lib/http/shell.ts";
import type { Challenged } from "./answer-of.ts";

/**
 * Writes the session of a completed challenge and hands its token to the browser. A repeat of the same completion
 * writes the same session with a new token; one that was ended meanwhile stays ended.
 */
export async function openSession(
  { shell, now, client, heldSession }: Challenged,
  account: Account,
  { challenge, completion }: Completed,
  grant: string,
) {
  const secret = newSecret(shell);
  const secretHash = hashToken(secret);
  const { sessionId, method, epoch, at } = completion;
  const retiring =
    heldSession?.id === sessionId ? undefined : retireSession(shell, heldSession, now);
  const written =
    challenge.purpose === "sign_in"
      ? await shell.sessions.put({
          id: sessionId,
          accountId: account.id,
          secretHash,
          epoch,
          createdAt: at,
          authenticatedAt: at,
          lastSeenAt: now,
          method,
          client,
          revokedAt: null,
        })
      : await shell.sessions.renew(account.id, sessionId, {
          secretHash,
          epoch,
          authenticatedAt: at,
          method,
        });
  await retiring;
  if (written === "revoked" || written === "gone") return problem("unauthenticated");
  return answer(
    200,
    {
      status: challenge.purpose === "sign_in" ? "signed_in" : "reauthenticated",
      ...(method === "recovery_code" && {
        recoveryCodesLeft: account.recoveryCodes?.left.length ?? 0,
      }),
      ...(challenge.handoff && completion.grantHash && handBack(account, challenge, grant)),
    },
    [
      setSessionCookie(
        { accountId: account.id, id: sessionId, secret },
        shell.limits.session.absoluteSeconds,
      ),
    ],
  );
}

/** What takes the person back to the host that asked: the grant, and the host's page with the grant in its query. */
const handBack = ({ id }: Account, challenge: Challenge, secret: string) => {
  const grant = writeToken({ accountId: id, challengeId: challenge.id, secret });
  const returnTo = challenge.handoff?.returnTo;
  if (!returnTo) return { grant };
  const url = new URL(returnTo);
  url.searchParams.set("grant", grant);
  return { grant, returnTo: url.href };
};
