import type { Sealed } from "../crypto/seal.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { AuthenticatorId, Instant } from "./ids.ts";

/** A sealed secret as an authenticator holds it. */
export type SealedSecret = {
  readonly secret: Sealed;
  /**
   * The key that sealed it, so that it is found without trying; absent on what was sealed before keys had names. Beside
   * the ciphertext and not in it, so that a release which knows no names opens it all the same.
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
  /** Steps whose codes were accepted or explained lately: shown again, they are used codes, not wrong ones. */
  readonly spentSteps: readonly number[];
};

/** An authenticator whose first code has not been seen yet. */
export type TotpEnrolment = SealedSecret & {
  readonly id: AuthenticatorId;
  readonly name: string;
  readonly expiresAt: Instant;
};
