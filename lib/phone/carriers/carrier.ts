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
      /** Only of a carrier that tells the code. */
      readonly code?: string;
    }
  /** Certainly not placed. */
  | {
      readonly kind: "refused";
      readonly reason: RefusedCall;
      readonly retryAfterSeconds?: number;
    }
  /** No (readable) answer: the phone may ring. Ask `status`, never place blindly again. */
  | { readonly kind: "unknown" };

/**
 * `number`: this number cannot be called; `too_often`: this number was called too often. Both are about the number, so
 * another carrier would not help. `country`: this carrier does not call there; `no_money`: our balance; `rejected`:
 * anything else, also a carrier that could not be reached.
 */
export type RefusedCall = "number" | "country" | "no_money" | "too_often" | "rejected";

export type CallStatus = "under_way" | "delivered" | "failed" | "unknown";

/**
 * A company that places our calls. No method throws for an error of the network or of the carrier. Each method answers
 * within three seconds, and tells numbers, codes and keys to nobody but the carrier.
 */
export type Carrier<Name extends string = string> = {
  readonly name: Name;
  readonly kind: "we_choose" | "carrier_tells" | "carrier_checks";
  place(order: CallOrder): Promise<CallResult>;
  /**
   * Finds the call by the carrier's reference, or by `sendId` where the reference is not known. Only some carriers can
   * do the latter: with them, placing again with the same idempotency key is the same call. For that they get the order
   * as it was.
   */
  status(call: {
    readonly sendId: string;
    readonly reference: string | null;
    readonly order?: CallOrder;
  }): Promise<CallStatus>;
  /** Only of a carrier that checks the code. */
  readonly check?: (
    call: { readonly reference: string },
    code: string,
  ) => Promise<"right" | "wrong" | "expired" | "unknown">;
};
