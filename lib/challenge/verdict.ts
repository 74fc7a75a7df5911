import type { Account } from "../account/account.ts";
import type { AuthenticatorId } from "../account/ids.ts";

/** What a method says of a code. The accounts carry what the code itself changes: its step or itself used up. */
export type Verdict =
  | { readonly kind: "right"; readonly account: Account }
  | { readonly kind: "wrong"; readonly account: Account; readonly clock?: ClockDrift }
  | { readonly kind: "replayed" }
  | AskCarrier
  | { readonly kind: "unavailable" };

/** A code that is wrong now and would have been right at another time: the phone's clock is off by so much. */
export type ClockDrift = {
  readonly authenticatorId: AuthenticatorId;
  readonly timeStep: number;
  /** Negative: the phone is behind. A multiple of 30. */
  readonly offsetSeconds: number;
};

/** Only the carrier can tell whether the code is that of one of these calls, the newest first. */
export type AskCarrier = { readonly kind: "ask_carrier"; readonly calls: readonly CheckedCall[] };

export type CheckedCall = { readonly carrier: string; readonly reference: string };
