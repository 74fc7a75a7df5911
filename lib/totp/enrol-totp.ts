import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { AuthenticatorId, Instant } from "../account/ids.ts";
import type { SealedSecret } from "../account/authenticator.ts";

export type EnrolTotpOutcome =
  { readonly kind: "enrolled"; readonly expiresAt: Instant } | { readonly kind: "limit_reached" };

/** Begins the enrolment of an authenticator. It replaces an enrolment that was never confirmed. */
export function enrolTotp(
  account: Account,
  begun: SealedSecret & { readonly id: AuthenticatorId; readonly name: string },
  { now, limits }: Context,
): Decision<EnrolTotpOutcome> {
  if (account.authenticators.length >= limits.totp.authenticators) {
    return { account, outcome: { kind: "limit_reached" } };
  }
  const expiresAt = now + limits.totp.enrolmentLifeSeconds * 1000;
  return {
    account: { ...account, totpEnrolment: { ...begun, expiresAt } },
    outcome: { kind: "enrolled", expiresAt },
  };
}
