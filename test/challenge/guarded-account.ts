import type { GuessRecord } from "../../lib/account/guesses.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";

/** An account with an authenticator, three recovery codes and a past. */
export const aGuardedAccount = (guesses: Partial<GuessRecord> = {}) =>
  anAccount({
    authenticators: [anAuthenticator()],
    recoveryCodes: recoveryCodesOf("00000-00000", "11111-11111", "22222-22222"),
    guesses: {
      consecutiveWrong: 0,
      pausedUntil: 0,
      recoveryWrongAt: [],
      callWrongAt: [],
      wrongAt: [],
      ...guesses,
    },
  });

export const wrongRecoveryCode = "zzzzz-zzzzz";
