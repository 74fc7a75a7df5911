import { securityView } from "../../lib/whole-account/security-view.ts";
import { newAuthenticatorId, parseAuthenticatorId } from "../../lib/account/ids.ts";
import * as contracts from "../../lib/contract/totp.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import { confirmTotp } from "../../lib/totp/confirm-totp.ts";
import { enrolTotp } from "../../lib/totp/enrol-totp.ts";
import { base32, otpauthUri, qrSvg } from "../../lib/totp/otpauth.ts";
import { removeTotp } from "../../lib/totp/remove-totp.ts";
import { sealTotpSecret, totpSecretBytes } from "../../lib/totp/totp-secret.ts";
import { answer } from "../../lib/http/answer.ts";
import { clockDetails } from "../../lib/http/clock-details.ts";
import { decideAs, decideOnceAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";

export type TotpDeps = {
  readonly totpKeys: () => Promise<KeyRing>;
  /** Shown in the app above the code. */
  readonly issuer: string;
};

/** POST /v1/totp */
export const enrolTotpRoute = ({ totpKeys, issuer }: TotpDeps) =>
  route(contracts.enrolTotp, async (request) => {
    const { services, session, loaded, body, now } = request;
    const secret = services.random(totpSecretBytes);
    const id = newAuthenticatorId(services);
    const sealed = sealTotpSecret(
      await totpKeys(),
      secret,
      session.accountId,
      id,
      services.random(12),
    );
    const begun = { id, name: body.name ?? "Authenticator", ...sealed };
    const { outcome } = await decideAs(services, request, (account) =>
      enrolTotp(account, begun, contextOf(services, now)),
    );
    switch (outcome.kind) {
      case "enrolled": {
        const uri = otpauthUri(secret, issuer, loaded.value.email);
        const expiresAt = new Date(outcome.expiresAt).toISOString();
        return answer(201, { id, secret: base32(secret), uri, qr: qrSvg(uri), expiresAt });
      }
      case "limit_reached":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });

/** POST /v1/totp/{id}/confirm */
export const confirmTotpRoute = ({ totpKeys }: TotpDeps) =>
  route(contracts.confirmTotp, async (request) => {
    const { session, body, client, now, params } = request;
    const id = parseAuthenticatorId(params["id"]);
    if (!id) return problem("not_found");
    const input = {
      id,
      code: body.code,
      totpKeys: await totpKeys(),
      sessionId: session.id,
      client,
    };
    const { outcome, account } = await decideOnceAs(request, ["confirmed"], (current, context) =>
      confirmTotp(current, input, context),
    );
    switch (outcome.kind) {
      case "confirmed":
        return answer(200, securityView(account));
      case "wrong_code":
        return problem(
          "wrong_code",
          outcome.offsetSeconds === undefined
            ? {}
            : { clock: clockDetails(outcome.offsetSeconds, now) },
        );
      case "not_found":
      case "enrolment_expired":
      case "limit_reached":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });

/** DELETE /v1/totp/{id} */
export const removeTotpRoute = route(contracts.removeTotp, async (request) => {
  const { session, client, params } = request;
  const id = parseAuthenticatorId(params["id"]);
  if (!id) return problem("not_found");
  const { outcome, account } = await decideOnceAs(request, ["removed"], (current, context) =>
    removeTotp(current, { id, sessionId: session.id, client }, context),
  );
  switch (outcome.kind) {
    case "removed":
      return answer(200, securityView(account));
    case "not_found":
    case "unauthenticated":
      return problem(outcome.kind);
  }
});
