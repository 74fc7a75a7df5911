import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { AuthenticatorId, SessionId } from "../account/ids.ts";

export type RemoveTotpOutcome = { readonly kind: "removed" } | { readonly kind: "not_found" };

/**
 * Removes an authenticator, or an enrolment. If it was the last factor that can stand alone, the second step is off.
 * Nothing is stored for that: it follows from the factors.
 */
export function removeTotp(
  account: Account,
  input: {
    readonly id: AuthenticatorId;
    readonly sessionId: SessionId;
    readonly client: Client;
  },
  context: Context,
): Decision<RemoveTotpOutcome> {
  if (account.totpEnrolment?.id === input.id) {
    return { account: { ...account, totpEnrolment: null }, outcome: { kind: "removed" } };
  }
  const left = account.authenticators.filter((one) => one.id !== input.id);
  if (left.length === account.authenticators.length) {
    return { account, outcome: { kind: "not_found" } };
  }
  return {
    account: changedSecurity({ ...account, authenticators: left }, "totp_removed", input, context),
    outcome: { kind: "removed" },
  };
}
