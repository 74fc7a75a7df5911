import type { AccountId, AuthenticatorId } from "../account/ids.ts";
import { open, seal, type Sealed } from "../crypto/seal.ts";
import type { SecretKey } from "../crypto/secret-key.ts";

/** 160 bits, as long as the SHA-1 that keys it [RFC 4226 §4, R6]. */
export const totpSecretBytes = 20;

const place = (account: AccountId, authenticator: AuthenticatorId) => `${account}|${authenticator}`;

export const sealTotpSecret = (
  key: SecretKey,
  secret: Buffer,
  account: AccountId,
  authenticator: AuthenticatorId,
  nonce: Buffer,
): Sealed => seal(key, secret, place(account, authenticator), nonce);

/** Throws when the ciphertext was made for another account or authenticator. */
export const openTotpSecret = (
  key: SecretKey,
  sealed: Sealed,
  account: AccountId,
  authenticator: AuthenticatorId,
): Buffer => open(key, sealed, place(account, authenticator));
