import type { RecoveryCodes } from "../../lib/account/account.ts";
import type { AccountId } from "../../lib/account/ids.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { recoveryCodeHashes } from "../../lib/recovery-codes/recovery-codes.ts";
import { accountId } from "./ids.ts";
import { hour, noon } from "./time.ts";

export const recoveryKeys = keyRing(
  "a secret text for recovery codes, of more than 43 characters",
  "recovery-codes",
);

/** The stored form of a code; the account is Ann's by default. */
export const hashOf = (code: string, account: AccountId = accountId("ann")): string =>
  recoveryCodeHashes(recoveryKeys, account, code)[0];

/** A set that holds these codes. */
export const recoveryCodesOf = (...codes: readonly string[]): RecoveryCodes => ({
  createdAt: noon - hour,
  left: codes.map((code) => hashOf(code)),
  used: [],
});
