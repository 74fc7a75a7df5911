import type { RecoveryCodes } from "../../lib/account/account.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { secretKey } from "../../lib/crypto/secret-key.ts";
import { recoveryCodeHash } from "../../lib/factors/recovery-codes.ts";
import { accountId } from "./ids.ts";
import { hour, noon } from "./time.ts";

export const recoveryKey = secretKey(
  "a secret text for recovery codes, of more than 43 characters",
  "recovery-codes",
);

/** The stored form of a code of Ann's. */
export const hashOf = (code: string, account: AccountId = accountId("ann")): string =>
  recoveryCodeHash(recoveryKey, account, code);

/** A set that holds these codes. */
export const recoveryCodesOf = (...codes: readonly string[]): RecoveryCodes => ({
  createdAt: noon - hour,
  left: codes.map((code) => hashOf(code)),
  used: [],
});
