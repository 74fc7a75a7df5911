import type { Account } from "../account/account.ts";
import type { Factor } from "../account/factor.ts";
import type { FactorName } from "../account/second-step.ts";
import { phoneFactor } from "../phone/phone-factor.ts";
import { recoveryCodesFactor } from "../recovery-codes/recovery-codes-factor.ts";
import { telegramFactor } from "../telegram/telegram-factor.ts";
import { totpFactor } from "../totp/totp-factor.ts";

/** Every factor. Operations on the whole account fold over this list, so that they leave out no factor. */
const factors = {
  telegram: telegramFactor,
  totp: totpFactor,
  phone: phoneFactor,
  recoveryCodes: recoveryCodesFactor,
} satisfies Readonly<Record<FactorName, Factor>>;

type Factors = typeof factors;

/** Applies a step of each factor to the account, one after another. */
export const foldFactors = (
  account: Account,
  step: (factor: Factor, account: Account) => Account,
): Account => Object.values<Factor>(factors).reduce((one, factor) => step(factor, one), account);

type All<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (
  all: infer Whole,
) => void
  ? Whole
  : never;

/** What all factors show, in one object. */
export const showFactors = <Kind extends "offer" | "view">(
  kind: Kind,
  ...given: Parameters<Factor[Kind]>
): All<ReturnType<Factors[FactorName][Kind]>> =>
  Object.assign(
    {},
    ...Object.values<Factor>(factors).map((factor) =>
      (factor[kind] as (...all: typeof given) => object)(...given),
    ),
    // Each part has its own names, as the types of the factors say.
  ) as All<ReturnType<Factors[FactorName][Kind]>>;
