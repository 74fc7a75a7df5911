import { secondStepIsOn } from "../../lib/account/account.ts";
import { signIn } from "../../lib/contract/sign-in.ts";
import { answer } from "../../lib/http/answer.ts";
import { beginSession, retireSession } from "../../lib/http/begin-session.ts";
import { faultFields } from "../../lib/http/log.ts";
import { one } from "../../lib/http/measure.ts";
import { answerOpened, prepareChallenge } from "../../lib/http/open-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { contextOf, decide } from "../../lib/http/shell.ts";
import { passFirstStep } from "../../lib/session/first-step.ts";
import { tryPassword, type PasswordDoor } from "../../lib/session/try-password.ts";

type RightTry = Extract<Awaited<ReturnType<typeof tryPassword>>, { kind: "right" }>;

/**
 * POST /v1/sign-in. Three sequential round trips: what is known of mail and address, the charge beside the account,
 * the decision beside all that follows from it.
 */
export const signInRoute = (door: PasswordDoor) =>
  route(signIn, async (request) => {
    const { shell, body, client, now } = request;
    const tried = await tryPassword(
      door,
      { email: body.email, password: body.password, ip: client.ip },
      contextOf(shell, now),
    );
    const outcome = tried.kind;
    shell.log.measure(one("PasswordTried", { outcome }));
    switch (tried.kind) {
      case "paused":
        shell.log.warn("excess_rate_limit_exceeded", { ip: client.ip });
        return tooManyAttempts(tried.until, now);
      case "wrong":
        shell.log.info("authn_login_fail", { ip: client.ip, device: client.device });
        return problem("invalid_credentials");
      case "right":
        return admit(request, tried);
    }
  });

/**
 * A session where the password is enough, else a challenge. The session is written beside the decision, not after it:
 * it carries the epoch that was read, so if anything came between, it was dead before anybody had its secret. Unless
 * all went well it is revoked, so that nobody sees a session in their list that nobody holds.
 */
async function admit(
  { shell, client, now, heldSession }: Request<typeof signIn>,
  { loaded, password, forgive }: RightTry,
) {
  const { asked, secret } = prepareChallenge(shell, client);
  const session = beginSession(shell, loaded.value, client, now);
  const { accountId, id, epoch } = session.record;
  const ahead = !secondStepIsOn(loaded.value);
  const deciding = decide(
    shell,
    accountId,
    (account) => passFirstStep(account, password, asked, contextOf(shell, now)),
    loaded,
  );
  const [decision, written] = await Promise.allSettled([
    deciding,
    ahead ? shell.sessions.put(session.record) : "not_written",
    ahead ? retireSession(shell, heldSession, now) : undefined,
    // A charge that stays costs the person free tries, nothing else.
    forgive().catch((fault: unknown) => shell.log.warn("charge_kept", faultFields(fault))),
  ]);
  const decided = decision.status === "fulfilled" ? decision.value : undefined;
  const outcome = decided?.outcome;
  const good =
    outcome?.kind === "signed_in" &&
    outcome.epoch === epoch &&
    written.status === "fulfilled" &&
    written.value === "put";
  if (ahead && !good) await shell.sessions.revoke(accountId, id, now);
  if (decision.status === "rejected") throw decision.reason;
  if (written.status === "rejected") throw written.reason;

  if (!decided || decided.outcome.kind === "invalid_credentials") {
    return problem("invalid_credentials");
  }
  if (decided.outcome.kind !== "signed_in") {
    return answerOpened(shell, { account: decided.account, outcome: decided.outcome }, secret, now);
  }
  // The account changed on the way: sign in again, on what it is now.
  return good
    ? answer(200, { status: "signed_in" }, [session.cookie])
    : problem("busy", { retryAfter: 1 });
}
