import type { ClockDrift } from "../challenge/verdict.ts";
import type { Account, Context } from "../account/account.ts";
import type { AuthenticatorId, Instant } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import type { Authenticator } from "../account/authenticator.ts";
import { acceptedSteps, offsetOf, timeStepAt } from "./time-step.ts";
import { stepOfCode } from "./totp-code.ts";
import { openTotpSecret } from "./totp-secret.ts";

export type TotpMatch =
  | { readonly kind: "right"; readonly authenticatorId: AuthenticatorId; readonly timeStep: number }
  | { readonly kind: "replayed" }
  | { readonly kind: "wrong"; readonly clock: ClockDrift | undefined };

/**
 * What a code of six digits is to this account's authenticators. Accepted are the steps now−1 … now+1, each once and
 * only forwards.
 */
export function matchTotp(
  account: Account,
  code: string,
  keys: KeyRing,
  { now, limits }: Context,
): TotpMatch {
  let replayed = false;
  let clock: ClockDrift | undefined;
  for (const authenticator of account.authenticators) {
    const { id, lastStep, spentSteps } = authenticator;
    const { plain } = openTotpSecret(keys, authenticator, account.id, id);
    const stepWithin = (steps: number, after?: number) =>
      stepOfCode(plain, code, now, { steps, ...(after !== undefined && { after }) });

    const step = stepWithin(acceptedSteps, lastStep);
    if (step !== undefined && !spentSteps.includes(step)) {
      return { kind: "right", authenticatorId: id, timeStep: step };
    }
    const near = stepWithin(limits.totp.driftHintSteps);
    if (near === undefined) continue;
    if (spentSteps.includes(near) || stepWithin(acceptedSteps) !== undefined) replayed = true;
    else if (mayExplain(near, spentSteps, now))
      clock ??= { authenticatorId: id, timeStep: near, offsetSeconds: offsetOf(near, now) };
  }
  return replayed ? { kind: "replayed" } : { kind: "wrong", clock };
}

/**
 * A fast clock is explained at the price of the code's own step, see `spendExplainedStep`. Two of two phones, one of them
 * minutes ahead, would otherwise use up step after step that the other needs: no more than two of the future are spent.
 */
const mayExplain = (near: number, spent: readonly number[], now: Instant): boolean =>
  near <= timeStepAt(now) || spent.filter((step) => step > timeStepAt(now)).length < 2;

/** Accepting a step closes it and all before it. */
export const useTimeStep = (
  account: Account,
  { authenticatorId, timeStep }: { authenticatorId: AuthenticatorId; timeStep: number },
  context: Context,
): Account =>
  change(account, authenticatorId, (one) => ({
    ...one,
    lastStep: timeStep,
    lastUsedAt: context.now,
    spentSteps: spend(one.spentSteps, timeStep, context),
  }));

/**
 * Explaining a fast clock tells the asker that this code becomes right in a few minutes. A guesser could wait for it
 * and would have eleven codes to hit instead of three; so a code that was explained is used up.
 */
export const spendExplainedStep = (
  account: Account,
  { authenticatorId, timeStep }: ClockDrift,
  context: Context,
): Account =>
  timeStep < timeStepAt(context.now)
    ? account
    : change(account, authenticatorId, (one) => ({
        ...one,
        spentSteps: spend(one.spentSteps, timeStep, context),
      }));

/** Steps that are too old to be taken for anything are forgotten. */
const spend = (spent: readonly number[], step: number, { now, limits }: Context): number[] => [
  ...spent.filter((one) => one !== step && one >= timeStepAt(now) - limits.totp.driftHintSteps),
  step,
];

const change = (
  account: Account,
  id: AuthenticatorId,
  to: (authenticator: Authenticator) => Authenticator,
): Account => ({
  ...account,
  authenticators: account.authenticators.map((one) => (one.id === id ? to(one) : one)),
});
