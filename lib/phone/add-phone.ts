import type { Account, Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { Decision } from "../account/decision.ts";
import type { PhoneId } from "../account/ids.ts";
import { restsUntil } from "./fallback/next-attempt.ts";
import { requestAttempt, type RequestOutcome } from "./fallback/request-attempt.ts";
import { findOwner } from "./fallback/owner.ts";
import type { Phone, PhoneEnrolment } from "../account/phone.ts";

export type AddPhoneOutcome =
  RequestOutcome | { readonly kind: "second_step_required" } | { readonly kind: "limit_reached" };

/**
 * Begins to enrol a number and requests its first attempt. The enrolment replaces one that was begun before; what that
 * one sent stays on the budgets of number and account. A new enrolment must wait until another attempt could be
 * requested: beginning numbers in turn starts no more executions than waiting for one does.
 */
export function addPhone(
  account: Account,
  begun: Omit<Phone, "confirmedAt"> & { readonly ip: string },
  context: Context,
): Decision<AddPhoneOutcome> {
  const { now, limits } = context;
  if (!secondStepIsOn(account)) return { account, outcome: { kind: "second_step_required" } };
  const others = account.phones.filter((one) => one.number !== begun.number);
  if (others.length >= limits.phones.numbers) {
    return { account, outcome: { kind: "limit_reached" } };
  }
  const attempt = account.phoneEnrolment?.fallback?.sends.at(-1);
  const until = attempt ? restsUntil(attempt, context) : now;
  if (until > now) return { account, outcome: { kind: "too_early", until } };
  const { ip, ...phone } = begun;
  const enrolment: PhoneEnrolment = {
    ...phone,
    openedAt: now,
    expiresAt: now + limits.phones.enrolmentLifeSeconds * 1000,
    wrongGuesses: 0,
    fallback: null,
  };
  return request({ ...account, phoneEnrolment: enrolment }, enrolment, ip, context);
}

export type CallEnrolmentOutcome =
  | RequestOutcome
  | { readonly kind: "second_step_required" }
  | { readonly kind: "enrolment_expired" }
  | { readonly kind: "not_found" };

/** Requests another attempt for a number that is being confirmed. */
export function callEnrolment(
  account: Account,
  input: { readonly id: PhoneId; readonly ip: string },
  context: Context,
): Decision<CallEnrolmentOutcome> {
  const enrolment = account.phoneEnrolment;
  if (enrolment?.id !== input.id) return { account, outcome: { kind: "not_found" } };
  if (context.now >= enrolment.expiresAt) {
    return { account, outcome: { kind: "enrolment_expired" } };
  }
  if (!secondStepIsOn(account)) return { account, outcome: { kind: "second_step_required" } };
  return request(account, enrolment, input.ip, context);
}

const request = (
  account: Account,
  enrolment: PhoneEnrolment,
  ip: string,
  context: Context,
): Decision<RequestOutcome> => {
  const owner = findOwner(account, enrolment.id, context.now);
  if (!owner) throw new Error("An enrolment owns its fallback.");
  return requestAttempt(account, owner, enrolment, ip, context);
};
