import type { Instant, PhoneId } from "./ids.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { PhoneNumber } from "./phone-number.ts";

export type Channel = "call" | "sms";

/**
 * requested: the person asked, or the first one; placing: somebody is at it; placed: the carrier took it; failed: it
 * did not reach the phone; unknown: nobody knows, so it may.
 */
type SendState = "requested" | "placing" | "placed" | "failed" | "unknown";

/** One call or SMS. `<subject>#<n>` is its id for carriers, the same whenever it is tried again. */
export type Send = {
  readonly n: number;
  readonly channel: Channel;
  readonly state: SendState;
  /** When it was asked for; once it went out, when it did. */
  readonly at: Instant;
  /** Hash of the task token of whoever is at it. */
  readonly claimedBy: string | null;
  readonly carrier: string | null;
  readonly reference: string | null;
  /** How its code is known: derived by us, told by the carrier (keyed hash), or checked by the carrier. */
  readonly code: SendCode;
};

export type SendCode =
  /** `by`: with this key, so that a rotation does not make two codes good; absent where nobody has told. */
  | { readonly kind: "derived"; readonly by?: KeyId }
  | { readonly kind: "told"; readonly hash: string }
  | { readonly kind: "checked" };

/**
 * What was tried to reach a phone, for one challenge or one enrolment. The state machine is only its timer: what comes
 * next is decided here.
 */
export type Fallback = {
  readonly phoneId: PhoneId;
  readonly number: PhoneNumber;
  readonly country: string;
  readonly takesSms: boolean;
  /** Where the request came from: carriers and budgets want it. */
  readonly ip: string;
  readonly sends: readonly Send[];
  /** Executions that were started for it. */
  readonly runs: number;
  /** The task that waits for news; null when none is known to. */
  readonly token: string | null;
  /** Switched off by carriers, budgets or SNS, for this fallback. */
  readonly callsOff: boolean;
  readonly smsOff: boolean;
};

/** A fallback on which nothing was sent yet. */
export const noSends = {
  sends: [],
  runs: 0,
  token: null,
  callsOff: false,
  smsOff: false,
} as const satisfies Partial<Fallback>;
