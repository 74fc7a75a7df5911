import type { Country } from "../phone-number.ts";
import type { PhoneNumber } from "../../account/phone-number.ts";

export type SmsOrder = {
  readonly number: PhoneNumber;
  /** The number's country, see `countryOf`. */
  readonly country: Country;
  readonly text: string;
};

export type SmsResult =
  /** Accepted for sending; this does not mean that it arrived. */
  | { readonly kind: "sent"; readonly reference: string }
  /** Certainly not sent. */
  | { readonly kind: "refused"; readonly reason: RefusedSms }
  /** No (readable) answer: it may arrive, and nothing can tell. Never send the same again automatically. */
  | { readonly kind: "unknown" };

/**
 * `spend_limit`, `sandbox`: no number gets SMS until an operator acts; `opted_out`, `number`: this number gets none;
 * `throttled`: not now; `rejected`: anything else.
 */
export type RefusedSms =
  "spend_limit" | "sandbox" | "opted_out" | "number" | "throttled" | "rejected";

/** Sends SMS. Never throws for an error of the network or the service, and never reveals numbers or texts. */
export type SmsSender = { send(order: SmsOrder): Promise<SmsResult> };
