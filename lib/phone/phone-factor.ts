import type { Account, Context } from "../account/account.ts";
import type { Challenge } from "../account/challenge.ts";
import { asItIs, isoTime, isPast, type Factor } from "../account/factor.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import { codesAreOff } from "../guard/guesses.ts";
import { fallbackView } from "./fallback/fallback-view.ts";
import { withoutNumber } from "./fallback/owner.ts";

export const phoneFactor = {
  reset: (account: Account): Account => ({
    ...withoutNumber(account, null),
    phones: [],
    phoneEnrolment: null,
  }),

  restore: (account: Account): Account => ({ ...account, phoneEnrolment: null }),

  reencrypt: asItIs,

  forget: (account: Account, context: Context): Account => {
    const { phoneEnrolment } = account;
    return phoneEnrolment && isPast(phoneEnrolment.expiresAt, context)
      ? { ...account, phoneEnrolment: null }
      : account;
  },

  /** Offered while there is a number, a factor that it may stand beside, and codes are not off. */
  offer: (
    account: Account,
    challenge: Challenge,
    context: Context,
  ): { readonly phone?: ReturnType<typeof offered> } =>
    secondStepIsOn(account) && account.phones.length > 0 && !codesAreOff(account.guesses, context)
      ? { phone: offered(account, challenge, context) }
      : {},

  view: (account: Account) => ({
    phones: {
      active: secondStepIsOn(account),
      numbers: account.phones.map(({ id, masked, confirmedAt }) => ({
        id,
        masked,
        confirmedAt: isoTime(confirmedAt),
      })),
    },
  }),
} satisfies Factor;

const offered = (account: Account, challenge: Challenge, context: Context) => ({
  numbers: account.phones.map(({ id, masked }) => ({ id, masked })),
  sent: fallbackView(account, challenge.fallback, context),
});
