import type { Instant, PhoneId } from "./ids.ts";
import type { KeyId } from "../crypto/secret-key.ts";
import type { FallbackChannel } from "../settings/fallback-steps.ts";
import type { PhoneNumber } from "./phone-number.ts";

export type Channel = FallbackChannel;

/**
 * | state     | what happened                                      | what follows                                 |
 * | --------- | -------------------------------------------------- | -------------------------------------------- |
 * | requested | the person asked, or a gap has passed              | an execution claims it                       |
 * | placing   | an execution has claimed it and sends it           | its result; after a fault, the same again    |
 * | placed    | the carrier took it                                | news, or its gap passes                      |
 * | unknown   | it may have reached the phone; we do not know      | its gap passes                               |
 * | failed    | it did not reach the phone                         | the next attempt                             |
 */
type SendState = "requested" | "placing" | "placed" | "failed" | "unknown";

/** One fallback attempt: a call or an SMS. Carriers know it as `<owner>#<n>`; a repeat has the same id. */
export type Send = {
  readonly n: number;
  readonly channel: Channel;
  readonly state: SendState;
  /** When its state last changed: when it was requested, claimed, or its result recorded. */
  readonly at: Instant;
  /** The name of the execution that sends it. */
  readonly claimedBy: string | null;
  /** The carrier that got the order, noted before the order leaves. Null: no order has left. */
  readonly carrier: string | null;
  readonly reference: string | null;
  /** How we know its code: we derive it, the carrier tells it (we keep a keyed hash), or the carrier checks it. */
  readonly code: SendCode;
};

export type SendCode =
  /** `by`: the key that derives it, so that a rotation does not make two codes right; absent if it is not known. */
  | { readonly kind: "derived"; readonly by?: KeyId }
  | { readonly kind: "told"; readonly hash: string }
  | { readonly kind: "checked" }
  /** Only the carrier's answer would have told it, and that answer was lost. No code can be right. */
  | { readonly kind: "unknown" };

/**
 * The attempts to reach a phone, for one challenge or one enrolment. The state machine is only the timer: a decision on
 * the account says what comes next.
 */
export type Fallback = {
  readonly phoneId: PhoneId;
  readonly number: PhoneNumber;
  readonly country: string;
  readonly takesSms: boolean;
  /** Where the request came from; carriers and budgets need it. */
  readonly ip: string;
  readonly sends: readonly Send[];
  /** The number of executions of the state machine that were started for this fallback. */
  readonly runs: number;
  /** The token of the task that waits for news; null if no waiting task is known. */
  readonly token: string | null;
  /** Carriers, budgets or SNS switched the channel off for this fallback. */
  readonly callsOff: boolean;
  readonly smsOff: boolean;
};

/** A fallback that has sent nothing yet. */
export const noSends = {
  sends: [],
  runs: 0,
  token: null,
  callsOff: false,
  smsOff: false,
} as const satisfies Partial<Fallback>;
