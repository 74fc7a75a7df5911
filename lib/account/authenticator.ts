import type { AuthenticatorId, Instant } from "./ids.ts";
import type { SealedSecret } from "../totp/totp-secret.ts";

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
