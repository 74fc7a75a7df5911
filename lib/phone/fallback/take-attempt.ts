import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { Instant } from "../../account/ids.ts";
import { hashToken } from "../../crypto/token.ts";
import type { Fallback, Send, Channel } from "../../account/fallback.ts";
import { nextAttempt, replaceSend, withRequested } from "./next-attempt.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";

/** A task of the state machine that asks what to do. */
export type Task = {
  readonly ownerId: FallbackOwnerId;
  readonly channel: Channel;
  /** Its task token: sending it back moves the fallback on. */
  readonly token: string;
};

export type TakeOutcome =
  /** Place this one. `again`: this very task claimed it before and broke off; it may have gone out. */
  | {
      readonly kind: "place";
      readonly send: Send;
      readonly fallback: Fallback;
      readonly again: boolean;
    }
  /** Wait for news: the attempt has gone out already, or the time of the next one has not come. */
  | { readonly kind: "wait" }
  /** No call comes any more: SMS are next. */
  | { readonly kind: "calls_over" }
  /** The challenge is over, or no way is left. */
  | { readonly kind: "over" };

/**
 * Decides what a task of the state machine does. A task can come late, twice, or for a challenge that is long over; the
 * account knows. The save claims the attempt, so two tasks never place the same call.
 */
export function takeAttempt(account: Account, task: Task, context: Context): Decision<TakeOutcome> {
  const owner = findOwner(account, task.ownerId, context.now);
  if (!owner?.fallback || owner.over) return { account, outcome: { kind: "over" } };
  const { fallback } = owner;
  const claimedBy = hashToken(task.token);

  const own = fallback.sends.find((send) => send.claimedBy === claimedBy);
  if (own) {
    const broken = own.state === "placing";
    return {
      account,
      outcome: broken ? { kind: "place", send: own, fallback, again: true } : { kind: "wait" },
    };
  }
  if (task.channel === "call" && fallback.sends.some(({ channel }) => channel === "sms")) {
    return { account, outcome: { kind: "calls_over" } };
  }
  const due = dueAttempt(account, fallback, task.channel, context);
  switch (due.kind) {
    case "none":
      return { account, outcome: { kind: "over" } };
    case "not_yet":
      return {
        account: replaceFallback(account, task.ownerId, { ...fallback, token: task.token }),
        outcome: { kind: "wait" },
      };
    case "due": {
      if (due.send.channel !== task.channel) return { account, outcome: { kind: "calls_over" } };
      const send: Send = { ...due.send, state: "placing", at: context.now, claimedBy };
      const claimed = { ...replaceSend(due.fallback, send), token: task.token };
      return {
        account: replaceFallback(account, task.ownerId, claimed),
        outcome: { kind: "place", send, fallback: claimed, again: false },
      };
    }
  }
}

/** The state machine has gone on to SMS: no call comes any more, requested or not. */
const callsHadTheirTurn = (fallback: Fallback): Fallback => ({
  ...fallback,
  callsOff: true,
  sends: fallback.sends.filter(({ channel, state }) => channel === "sms" || state !== "requested"),
});

type Due =
  | { readonly kind: "due"; readonly send: Send; readonly fallback: Fallback }
  | { readonly kind: "not_yet" }
  | { readonly kind: "none" };

/**
 * When the next attempt may come without a request. A task waits its gap out from its start, but the result of its send
 * is recorded some time after that; this allows ten seconds. A task that comes sooner belongs to a second execution,
 * which came to look.
 */
const comesByItselfAt = ({ channel, state, at }: Send, { limits }: Context): Instant => {
  const { callGapSeconds, smsGapSeconds } = limits.fallback;
  if (state === "failed") return at;
  return at + ((channel === "sms" ? smsGapSeconds : callGapSeconds) - 10) * 1000;
};

/** The attempt that was requested, or the next one if its time has come by itself. */
const dueAttempt = (account: Account, given: Fallback, channel: Channel, context: Context): Due => {
  const asked = given.sends.at(-1)?.state === "requested";
  const fallback = channel === "sms" ? callsHadTheirTurn(given) : given;
  const last = fallback.sends.at(-1);
  if (last?.state === "requested") return { kind: "due", send: last, fallback };
  const next = nextAttempt(account, fallback, context);
  if (!next) return { kind: "none" };
  const dueAt = last && !asked ? comesByItselfAt(last, context) : next.availableAt;
  if (dueAt > context.now) return { kind: "not_yet" };
  const grown = withRequested(fallback, next.channel, context.now);
  const send = grown.sends.at(-1);
  return send ? { kind: "due", send, fallback: grown } : { kind: "none" };
};
