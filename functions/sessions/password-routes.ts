import * as contracts from "../../lib/contract/sessions.ts";
import { hashPassword } from "../../lib/crypto/password-hash.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { answer } from "../../lib/http/answer.ts";
import { setSessionCookie } from "../../lib/http/cookies.ts";
import { decideAs } from "../../lib/http/decide-as.ts";
import { faultFields } from "../../lib/log/log.ts";
import { one } from "../../lib/log/measure.ts";
import { answerOpened, prepareChallenge } from "../../lib/http/opened-challenge.ts";
import { problem } from "../../lib/http/problem.ts";
import { refusePassword } from "../../lib/http/refuse-password.ts";
import { tooManyAttempts } from "../../lib/http/retry-after.ts";
import { route, type Request } from "../../lib/http/route.ts";
import { nextToken } from "../../lib/http/repeatable.ts";
import { contextOf } from "../../lib/account/account.ts";
import { openReauthentication, passReauthentication } from "../../lib/sessions/first-step.ts";
import { setPassword } from "../../lib/sessions/set-password.ts";
import { tryPassword, type PasswordServices } from "../../lib/sessions/try-password.ts";

/** POST /v1/reauthentication */
export const reauthenticateRoute = (passwords: PasswordServices) =>
  route(contracts.reauthenticate, (request) => {
    const { password } = request.body;
    return password === undefined
      ? reauthenticateWithout(request)
      : reauthenticateWith(passwords, request, password);
  });

type Reauthenticating = Request<typeof contracts.reauthenticate>;

const reauthenticateWithout = async ({
  services,
  session,
  loaded,
  client,
  now,
}: Reauthenticating) => {
  const { asked, secret } = prepareChallenge(services, client);
  const { outcome, account } = await decideAs(services, { session, loaded }, (fresh) =>
    openReauthentication(fresh, session, asked, contextOf(services, now)),
  );
  switch (outcome.kind) {
    case "unauthenticated":
    case "host_session_required":
      return problem(outcome.kind);
    case "password_required":
      return problem("invalid_request", {
        errors: [{ pointer: "/password", detail: "is required: the account has a password" }],
      });
    case "second_step":
    case "too_many_challenges":
      return answerOpened(services, { account, outcome }, secret, now);
  }
};

const reauthenticateWith = async (
  passwords: PasswordServices,
  request: Reauthenticating,
  password: string,
) => {
  const { services, session, loaded, client, now, heldSession, repeatKey } = request;
  const context = contextOf(services, now);
  const { email } = loaded.value;
  const tried = await tryPassword(passwords, { email, password, ip: client.ip }, context);
  services.log.measure(one("PasswordTried", { outcome: tried.kind }));
  if (tried.kind === "paused") return tooManyAttempts(tried.until, now);
  // If the mail moved to another account meanwhile, the password proves nothing about this session's account.
  if (tried.kind === "wrong" || tried.loaded.value.id !== session.accountId) {
    services.log.info("authn_login_fail", { account: session.accountId, ip: client.ip });
    return problem("invalid_credentials");
  }
  const { asked, secret } = prepareChallenge(services, client);
  const [decided] = await Promise.all([
    decideAs(services, { session, loaded: tried.loaded }, (account) =>
      passReauthentication(account, tried.password, session, asked, context),
    ),
    tried
      .forgive()
      .catch((fault: unknown) => services.log.warn("try_not_refunded", faultFields(fault))),
  ]);
  const { outcome, account } = decided;
  switch (outcome.kind) {
    case "unauthenticated":
    case "invalid_credentials":
      return problem(outcome.kind);
    case "second_step":
    case "too_many_challenges":
      return answerOpened(services, { account, outcome }, secret, now);
    case "reauthenticated": {
      const held = heldSession?.secret ?? "";
      const renewed = await nextToken(services, passwords.lookupKeys, {
        held,
        purpose: "session",
        repeatKey,
      });
      const written = await services.sessions.renew(account.id, session.id, {
        secretHash: hashToken(renewed),
        epoch: outcome.epoch,
        authenticatedAt: now,
        method: "password",
        proof: outcome.proof,
        replaced: { secretHash: hashToken(held), by: repeatKey?.hash ?? "" },
      });
      if (written === "gone") return problem("unauthenticated");
      // The person proved themselves again meanwhile: the browser has the token of that proof.
      if (written === "superseded") return problem("busy", { retryAfter: 1 });
      const cookie = { accountId: account.id, id: session.id, secret: renewed };
      return answer(200, { status: "reauthenticated" }, [
        setSessionCookie(cookie, services.limits.session.absoluteSeconds),
      ]);
    }
  }
};

/** PUT /v1/password */
export const changePasswordRoute = (passwords: PasswordServices, serviceName: string) =>
  route(contracts.changePassword, async (request) => {
    const { services, session, body, client, now } = request;
    const { email } = request.loaded.value;
    const refused = refusePassword(body.password, { email, serviceName });
    if (refused) return refused;
    const hash = await hashPassword(body.password, passwords.salt());
    const { outcome } = await decideAs(services, request, (account) =>
      setPassword(account, { hash, sessionId: session.id, client }, contextOf(services, now)),
    );
    return outcome.kind === "unauthenticated" ? problem(outcome.kind) : answer(204, null);
  });
