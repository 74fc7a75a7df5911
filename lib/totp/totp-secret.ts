import type { SealedSecret } from "../account/authenticator.ts";
import type { AccountId, AuthenticatorId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { openWithAny, seal, sealAgain } from "../crypto/seal.ts";
import type { SecretKey } from "../crypto/secret-key.ts";

/** The length of a secret: 160 bits, as RFC 4226 §4 (R6) recommends; also the length of a SHA-1 hash. */
export const totpSecretBytes = 20;

const place = (account: AccountId, authenticator: AuthenticatorId) => `${account}|${authenticator}`;

/** Seals the secret with the first key. */
export const sealTotpSecret = (
  [key]: KeyRing,
  secret: Buffer,
  account: AccountId,
  authenticator: AuthenticatorId,
  nonce: Buffer,
): SealedSecret => ({
  secret: seal(key, secret, place(account, authenticator), nonce),
  sealedBy: key.id,
});

/** Opens the secret, and returns its key, too. Throws if it was sealed for another account or authenticator. */
export const openTotpSecret = (
  keys: KeyRing,
  { secret, sealedBy }: SealedSecret,
  account: AccountId,
  authenticator: AuthenticatorId,
): { readonly plain: Buffer; readonly key: SecretKey } =>
  openWithAny(keys, secret, place(account, authenticator), sealedBy);

/** Re-encrypts the secret with the first key; undefined if that key sealed it. Throws as `openTotpSecret` does. */
export const reencryptTotpSecret = (
  keys: KeyRing,
  sealed: SealedSecret,
  account: AccountId,
  authenticator: AuthenticatorId,
): SealedSecret | undefined => {
  const [makes] = keys;
  const { plain, key } = openTotpSecret(keys, sealed, account, authenticator);
  return key === makes
    ? undefined
    : { secret: sealAgain(makes, plain, place(account, authenticator)), sealedBy: makes.id };
};
