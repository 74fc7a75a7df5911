import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { PhoneId, SessionId } from "../account/ids.ts";
import { withoutNumber } from "./fallback/owner.ts";

export type RemovePhoneOutcome = { readonly kind: "removed" } | { readonly kind: "not_found" };

/** Removes a number, or gives up an enrolment. Challenges that are over forget the number as well. */
export function removePhone(
  account: Account,
  input: { readonly id: PhoneId; readonly sessionId: SessionId; readonly client: Client },
  context: Context,
): Decision<RemovePhoneOutcome> {
  if (account.phoneEnrolment?.id === input.id) {
    return { account: { ...account, phoneEnrolment: null }, outcome: { kind: "removed" } };
  }
  const phones = account.phones.filter((one) => one.id !== input.id);
  if (phones.length === account.phones.length) {
    return { account, outcome: { kind: "not_found" } };
  }
  return {
    account: changedSecurity(
      withoutNumber({ ...account, phones }, input.id),
      "phone_removed",
      input,
      context,
    ),
    outcome: { kind: "removed" },
  };
}
