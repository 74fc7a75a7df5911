import { verifySync } from "otplib/functional";
import type { Instant } from "../account/ids.ts";
import { stepSeconds, timeStepAt } from "./time-step.ts";

/**
 * The time step to which this code belongs, within `steps` before and after now, and later than `after`. Undefined if
 * there is none. SHA-1, 6 digits.
 */
export const stepOfCode = (
  secret: Buffer,
  code: string,
  now: Instant,
  { steps, after }: { readonly steps: number; readonly after?: number },
): number | undefined => {
  // otplib would throw here, because it takes this for a mistake. For us it means that no step in reach is late enough.
  if (after !== undefined && after >= timeStepAt(now) + steps) return undefined;
  const result = verifySync({
    strategy: "totp",
    secret,
    token: code,
    epoch: Math.floor(now / 1000),
    period: stepSeconds,
    digits: 6,
    algorithm: "sha1",
    epochTolerance: steps * stepSeconds,
    ...(after !== undefined && { afterTimeStep: after }),
  });
  return result.valid && "timeStep" in result ? result.timeStep : undefined;
};
