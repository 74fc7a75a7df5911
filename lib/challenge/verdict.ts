import type { Account } from "../account/account.ts";
import type { AuthenticatorId } from "../account/ids.ts";

/** What a method says of a code. The accounts contain what the code changes: a used time step or a used code. */
export type Verdict =
  | { readonly kind: "right"; readonly account: Account }
  | { readonly kind: "wrong"; readonly account: Account; readonly clock?: ClockDrift }
  | { readonly kind: "replayed" }
  | AskCarrier
  | { readonly kind: "unavailable" };

/** A refusal of one method's own: nothing was compared, and nothing is recorded. */
export type OwnRefusal<Outcome> = { readonly kind: "refused"; readonly outcome: Outcome };

/** The data of a drift hint: the code is wrong now but right at another time, so the phone's clock is off. */
export type ClockDrift = {
  readonly authenticatorId: AuthenticatorId;
  readonly timeStep: number;
  /** A multiple of 30; negative if the phone is behind. */
  readonly offsetSeconds: number;
};

/** Only the carrier can tell whether the code is right. `calls`: the calls that it may belong to, newest first. */
export type AskCarrier = { readonly kind: "ask_carrier"; readonly calls: readonly CheckedCall[] };

export type CheckedCall = { readonly carrier: string; readonly reference: string };
