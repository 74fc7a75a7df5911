import type { Account } from "../account/account.ts";
import type { AuthenticatorId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { reencryptTotpSecret } from "./totp-secret.ts";

/**
 * Re-encrypts the secret of this authenticator, confirmed or not, with the first key. Sign-ins do this in a save that
 * they make anyway, so they advance a rotation. Returns the same object if there is nothing to do; throws if no key
 * opens the secret.
 */
export const reencryptAuthenticator = (
  account: Account,
  id: AuthenticatorId,
  keys: KeyRing,
): Account => {
  const sealed = [...account.authenticators, account.totpEnrolment].find((one) => one?.id === id);
  const anew = sealed && reencryptTotpSecret(keys, sealed, account.id, id);
  if (!anew) return account;
  const { totpEnrolment } = account;
  return {
    ...account,
    authenticators: account.authenticators.map((one) =>
      one.id === id ? { ...one, ...anew } : one,
    ),
    totpEnrolment: totpEnrolment?.id === id ? { ...totpEnrolment, ...anew } : totpEnrolment,
  };
};
