import type { Sealed } from "../crypto/seal.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { AuthenticatorId, Instant } from "./ids.ts";

/** The sealed secret of an authenticator. */
export type SealedSecret = {
  readonly secret: Sealed;
  /**
   * The key that sealed it, so that opening it does not try every key. Absent on secrets from before keys had names. It
   * stands beside the ciphertext and not in it, so that a release which knows no names can still open the secret.
   */
  readonly sealedBy?: KeyId;
};

/** A confirmed authenticator app (RFC 6238). */
export type Authenticator = SealedSecret & {
  readonly id: AuthenticatorId;
  readonly name: string;
  readonly enabledAt: Instant;
  readonly lastUsedAt: Instant | null;
  /** The last accepted time step; only greater ones are accepted [RFC 6238 §5.2]. */
  readonly lastStep: number;
  /** Steps whose codes were lately accepted or explained by a drift hint. Such a code counts as used, not as wrong. */
  readonly spentSteps: readonly number[];
};

/** An authenticator that the person has not yet confirmed with its first code. */
export type TotpEnrolment = SealedSecret & {
  readonly id: AuthenticatorId;
  readonly name: string;
  readonly expiresAt: Instant;
};
