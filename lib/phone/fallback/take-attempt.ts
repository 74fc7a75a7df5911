import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { Channel, Fallback, Send } from "../../account/fallback.ts";
import { dueStep } from "./due-step.ts";
import { replaceSend, withRequested } from "./next-attempt.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";
import type { FallbackStep } from "./step.ts";

/** A sending task of the state machine. */
export type SendTask = {
  readonly ownerId: FallbackOwnerId;
  readonly channel: Channel;
  /** The execution's name: a repeat of the task after a fault has the same one. */
  readonly execution: string;
};

export type TakeOutcome =
  /** Send this one. `ordered`: this execution ordered it before, and a fault took the answer. */
  | {
      readonly kind: "send";
      readonly send: Send;
      readonly fallback: Fallback;
      readonly ordered: boolean;
    }
  /** Nothing is to be sent by this task: the execution goes on there. */
  | { readonly kind: "go_on"; readonly step: FallbackStep };

/**
 * Decides what a sending task does. The save claims the attempt for the execution, so two executions never place the
 * same call.
 *
 * Attacks and faults considered:
 * - two executions at once (a dead token, a stray start): the one that claimed the last attempt goes on, the other ends;
 * - the task again after a fault: the claim is its own. If no order has left, it sends the same attempt; if one may
 *   have, it only asks what became of it;
 * - the task again after the result was recorded: nothing is sent, and the execution listens for what is left;
 * - a task for a challenge that is over, or that nobody knows: the execution ends.
 */
export function takeAttempt(
  account: Account,
  task: SendTask,
  context: Context,
): Decision<TakeOutcome> {
  const owner = findOwner(account, task.ownerId, context.now);
  const { fallback } = owner ?? {};
  const last = fallback?.sends.at(-1);
  if (!owner || !fallback || !last) return goOn(account, { kind: "over" });

  const step = dueStep(account, owner, context);
  if (step.kind === "over" || isOfAnother(last, step, task)) return goOn(account, { kind: "over" });
  if (step.kind === "listen" || step.channel !== task.channel) return goOn(account, step);

  if (last.state === "placing" && last.carrier !== null) {
    return { account, outcome: { kind: "send", send: last, fallback, ordered: true } };
  }
  const isOpen = last.state === "requested" || last.state === "placing";
  const grown = isOpen ? fallback : withRequested(fallback, step.channel, context.now);
  const claimed = claim(grown, task, context);
  return {
    account: replaceFallback(account, task.ownerId, claimed.fallback),
    outcome: { kind: "send", ...claimed, ordered: false },
  };
}

/** Whether another execution is at the last attempt. It carries the fallback on. */
const isOfAnother = ({ state, claimedBy }: Send, step: FallbackStep, { execution }: SendTask) =>
  claimedBy !== null && claimedBy !== execution && (state === "placing" || step.kind === "listen");

const claim = (fallback: Fallback, { execution }: SendTask, { now }: Context) => {
  const last = fallback.sends.at(-1);
  if (!last) throw new Error("A fallback without an attempt to claim.");
  const send: Send = { ...last, state: "placing", at: now, claimedBy: execution };
  // A token of an earlier task is of no use any more.
  return { send, fallback: { ...replaceSend(fallback, send), token: null } };
};

const goOn = (account: Account, step: FallbackStep): Decision<TakeOutcome> => ({
  account,
  outcome: { kind: "go_on", step },
});
