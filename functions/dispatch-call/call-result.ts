import type { SendCode } from "../../lib/account/fallback.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { Refund } from "../../lib/guard/send-budget.ts";
import type { CallResult, Carrier } from "../../lib/phone/carriers/carrier.ts";
import { isThrottle, type PlacedCall } from "../../lib/phone/carriers/place-call.ts";
import { toldCodeHash } from "../../lib/phone/fallback/codes.ts";
import type { AttemptResult } from "../../lib/phone/fallback/record-attempt.ts";
import type { Attempt } from "../../lib/phone/fallback/run-task.ts";

export type CallOutcome = {
  readonly result: AttemptResult;
  /** What the attempt gives back of its reservation. */
  readonly refund?: Refund;
};

/** What a carrier's result means for the attempt, and for its budgets. */
export const resultOf = (
  { carrier, result }: Pick<PlacedCall, "carrier" | "result">,
  carriers: Readonly<Record<string, Carrier>>,
  { task, send }: Attempt,
  keys: KeyRing,
): CallOutcome => {
  switch (result.kind) {
    case "unknown":
      return { result: { kind: "unknown" } };
    case "lost":
      return { result: { kind: "lost" }, refund: "all" };
    case "refused":
      return refusedCall(result);
    case "placed": {
      if (carrier === null) return { result: { kind: "off" }, refund: "all" };
      const { reference } = result;
      const code: SendCode =
        "code" in result
          ? { kind: "told", hash: toldCodeHash(keys[0], task.ownerId, send.n, result.code) }
          : carriers[carrier]?.kind === "carrier_checks"
            ? { kind: "checked" }
            : { kind: "derived", by: keys[0].id };
      return { result: { kind: "placed", carrier, reference, code } };
    }
  }
};

/**
 * All carriers refused. They would refuse another call as well, so no call comes any more, with two exceptions: a
 * carrier that wants a pause between calls to this number, and one that takes our requests for too many, whatever the
 * number. The latter is a throttle of ours: the same attempt is repeated.
 */
const refusedCall = (refused: Extract<CallResult, { kind: "refused" }>): CallOutcome => {
  switch (refused.reason) {
    case "too_often":
      return { result: { kind: "failed" }, refund: "money" };
    case "number":
      return { result: { kind: "off" }, refund: "money" };
    case "rejected":
      return { result: { kind: isThrottle(refused) ? "throttled" : "off" }, refund: "all" };
    case "country":
    case "no_money":
      return { result: { kind: "off" }, refund: "all" };
  }
};
