import type { Account } from "../account/account.ts";
import type { AuthenticatorId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { reencryptTotpSecret } from "./totp-secret.ts";

/**
 * The account with this authenticator's secret, confirmed or not, sealed with the key that makes: in a save that is made
 * anyway, so that a rotation gets done by people signing in. The very account where there is nothing to do.
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
