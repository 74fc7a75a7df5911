import type { PhoneNumber } from "./phone-number.ts";
import type { Instant, PhoneId } from "./ids.ts";
import type { Fallback } from "./fallback.ts";

/** A number that a code came back from. */
export type Phone = {
  readonly id: PhoneId;
  readonly number: PhoneNumber;
  /** ISO 3166-1 alpha-2; decides who calls, and what it costs. */
  readonly country: string;
  /** "+380 ** *** ** 42": what anybody is shown of it. Kept, since knowing how to make it takes 190 KB. */
  readonly masked: string;
  /** Whether it can take SMS; a landline cannot. */
  readonly takesSms: boolean;
  readonly confirmedAt: Instant;
};

/** A number that is being confirmed, by the same fallback as at sign-in. */
export type PhoneEnrolment = Omit<Phone, "confirmedAt"> & {
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly wrongGuesses: number;
  readonly fallback: Fallback | null;
};
