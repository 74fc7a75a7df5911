import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { AuthenticatorId, SessionId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { acceptedSteps, offsetOf } from "./time-step.ts";
import { stepOfCode } from "./totp-code.ts";
import { openTotpSecret } from "./totp-secret.ts";

export type ConfirmTotpOutcome =
  | { readonly kind: "confirmed" }
  | { readonly kind: "wrong_code"; readonly offsetSeconds: number | undefined }
  | { readonly kind: "not_found" }
  | { readonly kind: "enrolment_expired" }
  | { readonly kind: "limit_reached" };

/**
 * Confirms an authenticator with its first code, uses up that code, and ends all other sessions in the same save.
 *
 * It does not record guesses: the page has shown the secret to the person, so a guess can find out nothing.
 */
export function confirmTotp(
  account: Account,
  input: {
    readonly id: AuthenticatorId;
    readonly code: string;
    readonly totpKeys: KeyRing;
    readonly sessionId: SessionId;
    readonly client: Client;
  },
  context: Context,
): Decision<ConfirmTotpOutcome> {
  const { now, limits } = context;
  const enrolment = account.totpEnrolment;
  if (enrolment?.id !== input.id) return { account, outcome: { kind: "not_found" } };
  if (now >= enrolment.expiresAt) return { account, outcome: { kind: "enrolment_expired" } };
  if (account.authenticators.length >= limits.totp.authenticators) {
    return { account, outcome: { kind: "limit_reached" } };
  }
  const { plain } = openTotpSecret(input.totpKeys, enrolment, account.id, enrolment.id);
  const step = stepOfCode(plain, input.code, now, { steps: acceptedSteps });
  if (step === undefined) {
    const near = stepOfCode(plain, input.code, now, { steps: limits.totp.driftHintSteps });
    const offsetSeconds = near === undefined ? undefined : offsetOf(near, now);
    return { account, outcome: { kind: "wrong_code", offsetSeconds } };
  }
  const { id, name, secret, sealedBy } = enrolment;
  const authenticator = {
    id,
    name,
    secret,
    ...(sealedBy !== undefined && { sealedBy }),
    enabledAt: now,
    lastUsedAt: null,
    lastStep: step,
    spentSteps: [step],
  };
  const added = {
    ...account,
    totpEnrolment: null,
    authenticators: [...account.authenticators, authenticator],
  };
  return {
    account: changedSecurity(added, "totp_enabled", input, context),
    outcome: { kind: "confirmed" },
  };
}
