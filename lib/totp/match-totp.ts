import type { ClockDrift } from "../challenge/verdict.ts";
import type { Account, Context } from "../account/account.ts";
import type { AuthenticatorId, Instant } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import type { Authenticator } from "../account/authenticator.ts";
import { acceptedSteps, offsetOf, oldestExplainedStep, timeStepAt } from "./time-step.ts";
import { stepOfCode } from "./totp-code.ts";
import { openTotpSecret } from "./totp-secret.ts";

export type TotpMatch =
  | { readonly kind: "right"; readonly authenticatorId: AuthenticatorId; readonly timeStep: number }
  | { readonly kind: "replayed" }
  | { readonly kind: "wrong"; readonly clock: ClockDrift | undefined };

/**
 * Matches a code of six digits with this account's authenticators. It accepts the steps now−1 … now+1, each step once
 * and in rising order only [RFC 6238 §5.2].
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
 * Whether a code may get a drift hint. A hint for a fast clock uses up the code's step, see `spendExplainedStep`. If
 * two phones have one secret and one is minutes ahead, its codes would use up every step that the other needs. So at
 * most two future steps are spent.
 */
const mayExplain = (near: number, spent: readonly number[], now: Instant): boolean =>
  near <= timeStepAt(now) || spent.filter((step) => step > timeStepAt(now)).length < 2;

/** Accepts a step. After that, neither this step nor an earlier one is accepted. */
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
 * Uses up the step of a code that got a drift hint, if the step is not past. A hint for a fast clock tells that the
 * code becomes right in a few minutes.
 *
 * Attack considered: a guesser waits for that time, and so has eleven codes to hit instead of three (the hint uses up
 * the code).
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

/** Adds a step to the spent ones, and forgets those that are too old to match any code. */
const spend = (spent: readonly number[], step: number, context: Context): number[] => [
  ...spent.filter((one) => one !== step && one >= oldestExplainedStep(context)),
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
