import type { SealedSecret } from "../account/authenticator.ts";
import type { AccountId, AuthenticatorId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { openWithAny, seal, sealAgain } from "../crypto/seal.ts";
import type { SecretKey } from "../crypto/secret-key.ts";

/** 160 bits, as long as the SHA-1 that keys it [RFC 4226 §4, R6]. */
export const totpSecretBytes = 20;

const place = (account: AccountId, authenticator: AuthenticatorId) => `${account}|${authenticator}`;

/** Sealed with the key that makes. */
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

/** The secret, and the key that it was sealed with. Throws when it was made for another account or authenticator. */
export const openTotpSecret = (
  keys: KeyRing,
  { secret, sealedBy }: SealedSecret,
  account: AccountId,
  authenticator: AuthenticatorId,
): { readonly plain: Buffer; readonly key: SecretKey } =>
  openWithAny(keys, secret, place(account, authenticator), sealedBy);

/** The same secret sealed with the key that makes; undefined where it is already. Throws as `openTotpSecret` does. */
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
