import type { Account, Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { Decision } from "../account/decision.ts";
import type { ChallengeId, PhoneId } from "../account/ids.ts";
import { codesAreOff } from "../guard/guesses.ts";
import { requestAttempt, type RequestOutcome } from "./fallback/request-attempt.ts";
import { findOwner } from "./fallback/owner.ts";
import type { Closed } from "../account/challenge.ts";
import { closedAs } from "../account/challenges.ts";

export type RequestCallOutcome =
  | RequestOutcome
  | { readonly kind: "closed"; readonly as: Closed | "approved" }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "not_found" }
  | { readonly kind: "no_challenge" };

/** Requests a code by phone for a challenge, to a confirmed number, while the fallback has a factor to stand beside. */
export function requestCall(
  account: Account,
  input: { readonly challengeId: ChallengeId; readonly phoneId: PhoneId; readonly ip: string },
  context: Context,
): Decision<RequestCallOutcome> {
  const challenge = account.challenges.find((one) => one.id === input.challengeId);
  const owner = findOwner(account, input.challengeId, context.now);
  if (!challenge || !owner) return { account, outcome: { kind: "no_challenge" } };
  const closed = closedAs(account, challenge, context.now);
  if (closed) return { account, outcome: { kind: "closed", as: closed } };
  if (challenge.status === "approved") {
    return { account, outcome: { kind: "closed", as: "approved" } };
  }
  if (!secondStepIsOn(account) || codesAreOff(account.guesses, context)) {
    return { account, outcome: { kind: "method_unavailable" } };
  }
  const phone = account.phones.find((one) => one.id === input.phoneId);
  if (!phone) return { account, outcome: { kind: "not_found" } };
  return requestAttempt(account, owner, phone, input.ip, context);
}
