import { signIn } from "../../lib/contract/sign-in.ts";
import { answer } from "../../lib/http/answer.ts";
import { beginSession, putOrWithdraw, retireSession } from "../../lib/sessions/begin-session.ts";
import { endOldestSessions } from "../../lib/sessions/end-oldest-sessions.ts";
import { setSessionCookie } from "../../lib/http/cookies.ts";
import { faultFields } from "../../lib/log/log.ts";
import { one } from "../../lib/log/measure.ts";
import { answerOpened, prepareChallenge } from "../../lib/http/opened-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import { isSynthetic } from "../../lib/settings/synthetic-account.ts";
import { passFirstStep } from "../../lib/sessions/first-step.ts";
import { tryPassword, type PasswordServices } from "../../lib/sessions/try-password.ts";

type RightTry = Extract<Awaited<ReturnType<typeof tryPassword>>, { kind: "right" }>;

/**
 * POST /v1/sign-in. A challenge takes three sequential round trips: what is known of mail and address; the reservation
 * beside the account; the decision. A session takes two more: itself, and what it replaces.
 */
export const signInRoute = (passwords: PasswordServices) =>
  route(signIn, async (request) => {
    const { services, body, client, now } = request;
    const tried = await tryPassword(
      passwords,
      { email: body.email, password: body.password, ip: client.ip },
      contextOf(services, now),
    );
    const outcome = tried.kind;
    const account = tried.kind === "right" ? tried.loaded.value.id : undefined;
    if (!isSynthetic(account)) services.log.measure(one("PasswordTried", { outcome }));
    switch (tried.kind) {
      case "paused":
        services.log.warn("excess_rate_limit_exceeded", { ip: client.ip });
        return tooManyAttempts(tried.until, now);
      case "wrong":
        services.log.info("authn_login_fail", {
          account: tried.account,
          ip: client.ip,
          device: client.device,
        });
        return problem("invalid_credentials");
      case "right":
        return admit(request, tried);
    }
  });

/**
 * Begins a session if the password is enough, else a challenge. It writes the session after the decision, so there is
 * no session without one. It withdraws a session that it could not write, so that the session does not come to life
 * late with nobody to hold it. The browser's earlier session ends only when the new one is valid.
 */
async function admit(
  { services, client, now, heldSession }: Request<typeof signIn>,
  { loaded, password, forgive }: RightTry,
) {
  const { asked, secret } = prepareChallenge(services, client);
  const [decided] = await Promise.all([
    services.decide(
      loaded.value.id,
      (account) => passFirstStep(account, password, asked, contextOf(services, now)),
      loaded,
    ),
    // A reservation that stays costs the person free tries, nothing else.
    forgive().catch((fault: unknown) => services.log.warn("try_not_refunded", faultFields(fault))),
  ]);
  if (!decided || decided.outcome.kind === "invalid_credentials") {
    return problem("invalid_credentials");
  }
  const { account, outcome } = decided;
  // The person must sign in again, on what the account is now.
  if (outcome.kind === "ended") return problem("busy", { retryAfter: 1 });
  if (outcome.kind !== "signed_in")
    return answerOpened(services, { account, outcome }, secret, now);

  const begun = beginSession(services, account.id, outcome, client, now);
  const { id } = begun.record;
  await putOrWithdraw(services, begun.record);
  await Promise.all([
    retireSession(services, heldSession, now),
    endOldestSessions(services, account, id, now),
  ]);
  return answer(200, { status: "signed_in" }, [
    setSessionCookie(
      { accountId: account.id, id, secret: begun.secret },
      services.limits.session.absoluteSeconds,
    ),
  ]);
}
