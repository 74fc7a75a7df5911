import { secondStepIsOn } from "../../lib/account/account.ts";
import type { Client } from "../../lib/account/activity.ts";
import type { Instant } from "../../lib/account/ids.ts";
import { signIn } from "../../lib/contract/sign-in.ts";
import { answer } from "../../lib/http/answer.ts";
import { beginSession } from "../../lib/http/begin-session.ts";
import { faultFields } from "../../lib/http/log.ts";
import { answerOpened, prepareChallenge } from "../../lib/http/open-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf, decide, type Shell } from "../../lib/http/shell.ts";
import { passFirstStep } from "../../lib/session/first-step.ts";
import { tryPassword, type PasswordDoor } from "../../lib/session/try-password.ts";

type RightTry = Extract<Awaited<ReturnType<typeof tryPassword>>, { kind: "right" }>;

/**
 * POST /v1/sign-in. Three sequential round trips: what is known of mail and address, the charge beside the account,
 * the decision beside all that follows from it.
 */
export const signInRoute = (door: PasswordDoor) =>
  route(signIn, async ({ shell, body, client, now }) => {
    const tried = await tryPassword(
      door,
      { email: body.email, password: body.password, ip: client.ip },
      contextOf(shell, now),
    );
    switch (tried.kind) {
      case "paused":
        shell.log.warn("excess_rate_limit_exceeded", { ip: client.ip });
        return tooManyAttempts(tried.until, now);
      case "wrong":
        shell.log.info("authn_login_fail", { ip: client.ip, device: client.device });
        return problem("invalid_credentials");
      case "right":
        return admit(shell, tried, client, now);
    }
  });

/**
 * A session where the password is enough, else a challenge. The session is written beside the decision, not after it:
 * it carries the epoch that was read, so if anything came between, it was dead before anybody had its secret.
 */
async function admit(shell: Shell, tried: RightTry, client: Client, now: Instant) {
  const { loaded, password, forgive } = tried;
  const { asked, secret } = prepareChallenge(shell, client);
  const session = beginSession(shell, loaded.value, client, now);
  const ahead = !secondStepIsOn(loaded.value);
  const [decided] = await Promise.all([
    decide(
      shell,
      loaded.value.id,
      (account) => passFirstStep(account, password, asked, contextOf(shell, now)),
      loaded,
    ),
    ahead && shell.sessions.put(session.record),
    // A charge that stays costs the person free tries, nothing else.
    forgive().catch((fault: unknown) => shell.log.warn("charge_kept", faultFields(fault))),
  ]);
  const written =
    ahead &&
    decided?.outcome.kind === "signed_in" &&
    decided.outcome.epoch === session.record.epoch;
  if (ahead && !written) await shell.sessions.revoke(loaded.value.id, session.record.id, now);
  if (!decided || decided.outcome.kind === "invalid_credentials") {
    return problem("invalid_credentials");
  }
  const { outcome, account } = decided;
  if (outcome.kind !== "signed_in") return answerOpened(shell, { account, outcome }, secret, now);
  // The account changed on the way: sign in again, on what it is now.
  if (!written) return problem("busy", { retryAfter: 1 });
  return answer(200, { status: "signed_in" }, [session.cookie]);
}
