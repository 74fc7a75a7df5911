import type { Account, Context } from "../account/account.ts";
import type { AuthenticatorId, Instant } from "../account/ids.ts";
import type { SecretKey } from "../crypto/secret-key.ts";
import type { Authenticator } from "./authenticator.ts";
import { stepOfCode, stepSeconds, timeStepAt } from "./totp-code.ts";
import { openTotpSecret } from "./totp-secret.ts";

/** A code that is wrong now and would have been right at another time: the phone's clock is off by so much. */
export type ClockOffset = {
  readonly authenticatorId: AuthenticatorId;
  readonly timeStep: number;
  /** Negative: the phone is behind. A multiple of 30. */
  readonly offsetSeconds: number;
};

export type TotpMatch =
  | { readonly kind: "right"; readonly authenticatorId: AuthenticatorId; readonly timeStep: number }
  | { readonly kind: "replayed" }
  | { readonly kind: "wrong"; readonly clock: ClockOffset | undefined };

/** Steps before and after now that are accepted [RFC 6238 §5.2]. */
const acceptedSteps = 1;

/**
 * What a code of six digits is to this account's authenticators. Accepted are the steps now−1 … now+1, each once and
 * only forwards.
 */
export function matchTotp(
  account: Account,
  code: string,
  key: SecretKey,
  { now, limits }: Context,
): TotpMatch {
  let replayed = false;
  let clock: ClockOffset | undefined;
  for (const authenticator of account.authenticators) {
    const { id, lastStep } = authenticator;
    const secret = openTotpSecret(key, authenticator.secret, account.id, id);
    const step = stepOfCode(secret, code, now, { steps: acceptedSteps, after: lastStep });
    if (step !== undefined && !authenticator.burntSteps.includes(step)) {
      return { kind: "right", authenticatorId: id, timeStep: step };
    }
    replayed ||= step !== undefined || stepOfCode(secret, code, now, { steps: 1 }) !== undefined;
    clock ??= clockOffset(authenticator, secret, code, now, limits.totp.coachSteps);
  }
  return replayed ? { kind: "replayed" } : { kind: "wrong", clock };
}

const clockOffset = (
  { id, lastStep }: Pick<Authenticator, "id" | "lastStep">,
  secret: Buffer,
  code: string,
  now: Instant,
  steps: number,
): ClockOffset | undefined => {
  const timeStep = stepOfCode(secret, code, now, { steps });
  return timeStep === undefined || timeStep === lastStep
    ? undefined
    : {
        authenticatorId: id,
        timeStep,
        offsetSeconds: (timeStep - timeStepAt(now)) * stepSeconds,
      };
};

/** Accepting a step closes it and all before it. */
export const useTimeStep = (
  account: Account,
  { authenticatorId, timeStep }: { authenticatorId: AuthenticatorId; timeStep: number },
  now: Instant,
): Account => ({
  ...account,
  authenticators: account.authenticators.map((one) =>
    one.id === authenticatorId
      ? {
          ...one,
          lastStep: timeStep,
          lastUsedAt: now,
          burntSteps: one.burntSteps.filter((step) => step > timeStep),
        }
      : one,
  ),
});

/**
 * Explaining a fast clock tells the asker that this code becomes right in a few minutes. A guesser could wait for it
 * and would have eleven codes to hit instead of three; so a code that was explained is used up.
 */
export const rememberBurntStep = (
  account: Account,
  { authenticatorId, timeStep }: ClockOffset,
  now: Instant,
): Account => {
  const earliest = timeStepAt(now) - acceptedSteps;
  if (timeStep < earliest) return account;
  return {
    ...account,
    authenticators: account.authenticators.map((one) =>
      one.id === authenticatorId
        ? {
            ...one,
            burntSteps: [...one.burntSteps.filter((step) => step >= earliest), timeStep],
          }
        : one,
    ),
  };
};
