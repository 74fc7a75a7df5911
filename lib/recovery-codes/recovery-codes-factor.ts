import type { Account, Context } from "../account/account.ts";
import { asItIs, isoTime, type Factor } from "../account/factor.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import { recoveryOffUntil } from "../guard/guesses.ts";

export const recoveryCodesFactor = {
  reset: (account: Account): Account => ({ ...account, recoveryCodes: null }),

  /** Removes the codes, since nobody knows which of them were used in the lost time. */
  restore: (account: Account): Account => ({ ...account, recoveryCodes: null }),

  /** Does nothing: the account keeps only hashes, from which no key can make new ones. */
  reencrypt: asItIs,
  forget: asItIs,

  offer: (
    account: Account,
    _: unknown,
    context: Context,
  ): { readonly recoveryCode?: { readonly left: number } } => {
    const left = account.recoveryCodes?.left.length ?? 0;
    const off = recoveryOffUntil(account.guesses, context) > context.now;
    return secondStepIsOn(account) && left > 0 && !off ? { recoveryCode: { left } } : {};
  },

  view: ({ recoveryCodes }: Account) => ({
    recoveryCodes: {
      left: recoveryCodes?.left.length ?? 0,
      createdAt: recoveryCodes ? isoTime(recoveryCodes.createdAt) : null,
    },
  }),
} satisfies Factor;
