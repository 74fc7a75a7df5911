import type { PhoneNumber } from "./phone-number.ts";
import type { Instant, PhoneId } from "./ids.ts";
import type { Fallback } from "./fallback.ts";

/** A number that the person confirmed with a code that was sent to it. */
export type Phone = {
  readonly id: PhoneId;
  readonly number: PhoneNumber;
  /** ISO 3166-1 alpha-2; decides which carrier calls, and what a call costs. */
  readonly country: string;
  /** "+380 ** *** ** 42": all that pages show of the number. Stored, because the code that makes it takes 190 KB. */
  readonly masked: string;
  /** Whether it can receive SMS; a landline cannot. */
  readonly takesSms: boolean;
  readonly confirmedAt: Instant;
};

/** A number that the person is confirming. Its calls and SMS use the same fallback as at sign-in. */
export type PhoneEnrolment = Omit<Phone, "confirmedAt"> & {
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly wrongGuesses: number;
  readonly fallback: Fallback | null;
};
