import type { PhoneNumber } from "../../account/phone-number.ts";

/** A call whose last four digits of the calling number are the code. */
export type CallOrder = {
  /** `<challenge id>#<n>`: the carrier's idempotency key; the same order may come twice. */
  readonly sendId: string;
  readonly number: PhoneNumber;
  /** The four digits, for a carrier that lets us choose. */
  readonly code: string;
  /** The end user's address, for carriers that want it. */
  readonly ip: string;
};

export type CallResult =
  | {
      readonly kind: "placed";
      readonly reference: string;
      /** Of a carrier that tells the code, and of no other. */
      readonly code?: string;
    }
  /** Certainly not placed. */
  | {
      readonly kind: "refused";
      readonly reason: RefusedCall;
      readonly retryAfterSeconds?: number;
    }
  /** No (readable) answer: it may ring. Ask `status`, never place blindly again. */
  | { readonly kind: "unknown" };

/**
 * `number`: nobody can be called there; `too_often`: this number was called too often. Both are about the number, so
 * that another carrier would not help. `country`: this carrier does not call there; `no_money`: our balance;
 * `rejected`: anything else, and a carrier that could not be reached.
 */
export type RefusedCall = "number" | "country" | "no_money" | "too_often" | "rejected";

export type CallStatus = "under_way" | "delivered" | "failed" | "unknown";

/**
 * Who places the calls. No method throws for what the network or the carrier does, each answers within three seconds,
 * and none says anything of numbers, codes or keys anywhere but to the carrier.
 */
export type Carrier<Name extends string = string> = {
  readonly name: Name;
  readonly kind: "we_choose" | "carrier_tells" | "carrier_checks";
  place(order: CallOrder): Promise<CallResult>;
  /**
   * By the carrier's reference, or where that is not known by `sendId` (carriers that can: re-placing with the same
   * idempotency key is the same call).
   */
  status(call: { readonly sendId: string; readonly reference: string | null }): Promise<CallStatus>;
  /** Of a carrier that checks the code, and of no other. */
  readonly check?: (
    call: { readonly reference: string },
    code: string,
  ) => Promise<"right" | "wrong" | "expired" | "unknown">;
};
