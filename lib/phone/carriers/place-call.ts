import type { Instant } from "../../account/ids.ts";
import type { CallOrder, CallResult, Carrier, RefusedCall } from "./carrier.ts";
import { admit, afterFailure, closedBreaker, type Breakers } from "./circuit-breaker.ts";

/**
 * Notes, before the order leaves, that the carrier gets it. `false`: it must not leave, and the result is `lost`.
 */
export type NoteOrder = (carrier: Carrier) => Promise<boolean>;

export type PlacedCall = {
  /** The carrier whose result this is; null if no carrier could be tried. */
  readonly carrier: string | null;
  readonly result:
    | CallResult
    /** The carrier did not answer the order, but it is known to carry it out. Only `sendId` names the call. */
    | { readonly kind: "placed"; readonly reference: null }
    /** No carrier got the order: somebody else has it, or nobody wants it any more. */
    | { readonly kind: "lost" };
  /** The caller keeps them for the next call. */
  readonly breakers: Breakers;
  /** The carriers that did not do their work on the way, and why. */
  readonly failed: readonly {
    readonly carrier: string;
    readonly reason: RefusedCall | "unknown";
  }[];
};

/**
 * Places the call with the first of the carriers that can. It tries the next carrier only when the one before has
 * certainly not placed the call: whatever else happens, one phone rings once.
 *
 * It takes 6 s a carrier at worst: 3 s for the order and 3 s for its status.
 */
export const placeCall = async (
  [carrier, ...others]: readonly Carrier[],
  order: CallOrder,
  breakers: Breakers,
  now: Instant,
  note: NoteOrder = () => Promise.resolve(true),
): Promise<PlacedCall> => {
  if (!carrier) {
    return { carrier: null, result: { kind: "refused", reason: "rejected" }, breakers, failed: [] };
  }
  const { name } = carrier;
  const breaker = admit(breakerOf(breakers, name), now);
  if (!breaker) return placeCall(others, order, breakers, now, note);
  if (!(await note(carrier))) {
    return { carrier: null, result: { kind: "lost" }, breakers, failed: [] };
  }

  const { result, failure } = await placeWith(carrier, order);
  const after = {
    ...breakers,
    [name]: failure ? afterFailure(breaker, now) : closedBreaker,
  };
  const failed = failure ? [{ carrier: name, reason: failure }] : [];
  if (result.kind === "refused" && !isFinal(result.reason)) {
    const next = await placeCall(others, order, after, now, note);
    const all = [...failed, ...next.failed];
    // If no other carrier could be tried, this refusal is the result. So is a throttle, since it passes.
    const stays = next.carrier === null || (isThrottle(result) && next.result.kind === "refused");
    return stays
      ? { carrier: name, result, breakers: next.breakers, failed: all }
      : { ...next, failed: all };
  }
  return { carrier: name, result, breakers: after, failed };
};

type Outcome = {
  readonly result: PlacedCall["result"];
  /**
   * Why the carrier did not do its work, for its breaker and for operators. Saying that a number is bad is its work.
   */
  readonly failure?: RefusedCall | "unknown";
};

const placeWith = async (carrier: Carrier, order: CallOrder): Promise<Outcome> => {
  const result = await carrier.place(order);
  switch (result.kind) {
    case "placed":
      return { result };
    case "refused":
      // A throttle is ours: the carrier works, and to skip it would only make calls dearer.
      return wouldRefuseAnyCall(result.reason) && !isThrottle(result)
        ? { result, failure: result.reason }
        : { result };
    case "unknown":
      return { result: await resolveUnknown(carrier, order), failure: "unknown" };
  }
};

/** Asks a carrier what became of an order that got no answer. It never places the call a second time. */
export const resolveUnknown = async (
  carrier: Carrier,
  order: CallOrder,
): Promise<PlacedCall["result"]> => {
  const status = await carrier.status({ sendId: order.sendId, reference: null, order });
  switch (status) {
    case "failed":
      return { kind: "refused", reason: "rejected" };
    case "under_way":
    case "delivered":
      // If we did not choose the code, the call is of no use without the answer; but the phone rings.
      return carrier.kind === "we_choose"
        ? { kind: "placed", reference: null }
        : { kind: "unknown" };
    case "unknown":
      return { kind: "unknown" };
  }
};

/** Whether the carrier only takes our requests for too many, whatever the number. */
export const isThrottle = ({
  reason,
  retryAfterSeconds,
}: Extract<CallResult, { kind: "refused" }>): boolean =>
  reason === "rejected" && retryAfterSeconds !== undefined;

const breakerOf = (breakers: Breakers, name: string) =>
  (Object.hasOwn(breakers, name) ? breakers[name] : undefined) ?? closedBreaker;

/** Another carrier would not help. */
const isFinal = (reason: RefusedCall) => reason === "number" || reason === "too_often";

/** The reason is not the number: the carrier would refuse the next call, too. */
const wouldRefuseAnyCall = (reason: RefusedCall) => reason === "no_money" || reason === "rejected";
