import type { Account, Context } from "../account/account.ts";
import { isoTime, isPast, type Factor } from "../account/factor.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { codesAreOff } from "../guard/guesses.ts";
import { reencryptAuthenticator } from "./reencrypt-authenticator.ts";
import { latestUsableStep, oldestExplainedStep } from "./time-step.ts";

export const totpFactor = {
  reset: (account: Account): Account => ({ ...account, authenticators: [], totpEnrolment: null }),

  /** Accepts only codes after the last step that can have been used in the lost time. */
  restore: (account: Account, { now }: Context): Account => ({
    ...account,
    authenticators: account.authenticators.map((one) => ({
      ...one,
      lastStep: Math.max(one.lastStep, latestUsableStep(now)),
    })),
    totpEnrolment: null,
  }),

  /** Throws if no key opens a secret. */
  reencrypt: (account: Account, keys: KeyRing): Account => {
    const { authenticators, totpEnrolment } = account;
    const encrypted = totpEnrolment ? [...authenticators, totpEnrolment] : authenticators;
    return encrypted.reduce((one, { id }) => reencryptAuthenticator(one, id, keys), account);
  },

  forget: (account: Account, context: Context): Account => {
    const { authenticators, totpEnrolment } = account;
    const oldestStep = oldestExplainedStep(context);
    return {
      ...account,
      totpEnrolment:
        totpEnrolment && isPast(totpEnrolment.expiresAt, context) ? null : totpEnrolment,
      authenticators: authenticators.map((one) => ({
        ...one,
        spentSteps: one.spentSteps.filter((step) => step >= oldestStep),
      })),
    };
  },

  offer: (
    { authenticators, guesses }: Account,
    _: unknown,
    context: Context,
  ): { readonly totp?: { readonly digits: number } } =>
    authenticators.length > 0 && !codesAreOff(guesses, context) ? { totp: { digits: 6 } } : {},

  view: ({ authenticators }: Account) => ({
    authenticators: authenticators.map(({ id, name, enabledAt, lastUsedAt }) => ({
      id,
      name,
      enabledAt: isoTime(enabledAt),
      lastUsedAt: lastUsedAt === null ? null : isoTime(lastUsedAt),
    })),
  }),
} satisfies Factor;
