import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { Fallback, Send, SendCode } from "../../account/fallback.ts";
import { dueStep } from "./due-step.ts";
import { replaceSend } from "./next-attempt.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";
import type { FallbackStep } from "./step.ts";

/** What became of an attempt. */
export type AttemptResult =
  | {
      readonly kind: "placed";
      readonly carrier: string;
      /** The carrier's reference; null where only our own id is known. */
      readonly reference: string | null;
      readonly code: SendCode;
    }
  /** It is not known whether the attempt went out. Its carrier and its code are those that were noted before. */
  | { readonly kind: "unknown" }
  /** The attempt did not reach the phone; the next attempt follows. */
  | { readonly kind: "failed" }
  /** The channel cannot work now: no carrier takes the call, its budget is spent, SNS refuses. */
  | { readonly kind: "off" }
  /** We asked too fast, and nothing went out: the same attempt again, a little later. */
  | { readonly kind: "throttled" }
  /** Another run of the task has the attempt, or the challenge is over: this run sent nothing. */
  | { readonly kind: "lost" };

export type AttemptRecord = {
  readonly ownerId: FallbackOwnerId;
  readonly n: number;
  readonly result: AttemptResult;
};

/**
 * Records what became of an attempt, also when the challenge ended while it was on its way. Returns what the execution
 * does next.
 */
export function recordAttempt(
  account: Account,
  { ownerId, n, result }: AttemptRecord,
  context: Context,
): Decision<FallbackStep> {
  const owner = findOwner(account, ownerId, context.now);
  const send = owner?.fallback?.sends.find((one) => one.n === n);
  if (!owner?.fallback || !send) return { account, outcome: { kind: "over" } };
  const fallback = after(owner.fallback, send, result, context.now);
  const isNews = fallback !== owner.fallback;
  const recorded = isNews ? replaceFallback(account, ownerId, fallback) : account;
  return { account: recorded, outcome: dueStep(recorded, { ...owner, fallback }, context) };
}

const after = (fallback: Fallback, send: Send, result: AttemptResult, now: number): Fallback => {
  switch (result.kind) {
    case "placed": {
      const { carrier, reference, code } = result;
      return replaceSend(fallback, { ...send, state: "placed", at: now, carrier, reference, code });
    }
    case "unknown":
      // Another run of the same task may have recorded the result: a run that broke off knows less.
      return send.state === "placing"
        ? replaceSend(fallback, { ...send, state: "unknown", at: now })
        : fallback;
    case "failed":
      return fail(fallback, send, now);
    case "off": {
      const failed = fail(fallback, send, now);
      return send.channel === "call" ? { ...failed, callsOff: true } : { ...failed, smsOff: true };
    }
    case "throttled":
      // No order is out any more, so a repeat of the task may send it.
      return send.state === "placing"
        ? replaceSend(fallback, { ...send, carrier: null })
        : fallback;
    case "lost":
      return fallback;
  }
};

/**
 * Also takes the token: sending it back makes the next attempt come. If a later attempt has been requested already, the
 * token belongs to the task of that attempt and stays.
 */
const fail = (fallback: Fallback, send: Send, now: number): Fallback => ({
  ...replaceSend(fallback, { ...send, state: "failed", at: now }),
  token: fallback.sends.at(-1)?.n === send.n ? null : fallback.token,
});

/** Marks a call as failed: its carrier says later that it did not reach the phone. */
export function markFailed(
  account: Account,
  { ownerId, reference }: { readonly ownerId: FallbackOwnerId; readonly reference: string },
  { now }: Context,
): Decision<{ readonly kind: "moved" } | { readonly kind: "stale" }> {
  const owner = findOwner(account, ownerId, now);
  const last = owner?.fallback?.sends.at(-1);
  if (!owner?.fallback || owner.over || last?.reference !== reference || last.state !== "placed") {
    return { account, outcome: { kind: "stale" } };
  }
  return {
    account: replaceFallback(account, ownerId, fail(owner.fallback, last, now)),
    outcome: { kind: "moved" },
  };
}
