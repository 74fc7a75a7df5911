import type { Country } from "../phone-number.ts";
import type { PhoneNumber } from "../../account/phone-number.ts";

export type SmsOrder = {
  readonly number: PhoneNumber;
  /** Of the number, see `countryOf`. */
  readonly country: Country;
  readonly text: string;
};

export type SmsResult =
  /** Accepted for sending, which is not arrival. */
  | { readonly kind: "sent"; readonly reference: string }
  /** Certainly not sent. */
  | { readonly kind: "refused"; readonly reason: RefusedSms }
  /** No (readable) answer: it may arrive. There is nobody to ask; never send the same again by itself. */
  | { readonly kind: "unknown" };

/**
 * `spend_limit`, `sandbox`: nobody gets SMS until an operator acts; `opted_out`, `number`: this number does not;
 * `throttled`: not now; `rejected`: anything else.
 */
export type RefusedSms =
  "spend_limit" | "sandbox" | "opted_out" | "number" | "throttled" | "rejected";

/** Who sends SMS. Never throws for what the network or the service does, and says nothing of numbers or texts. */
export type SmsSender = { send(order: SmsOrder): Promise<SmsResult> };
