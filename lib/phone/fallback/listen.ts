import type { Account, Context } from "../../account/account.ts";
import type { Decision } from "../../account/decision.ts";
import type { Send } from "../../account/fallback.ts";
import { contextOf } from "../../account/account.ts";
import type { CallStatus } from "../carriers/carrier.ts";
import { withQuestions } from "./carrier-questions.ts";
import { dueStep } from "./due-step.ts";
import { findOwner, replaceFallback, type FallbackOwnerId } from "./owner.ts";
import { markFailed } from "./record-attempt.ts";
import type { FallbackServices } from "./run-task.ts";
import type { FallbackStep } from "./step.ts";
import type { ListenTask } from "./task.ts";

/**
 * Runs a listening task of the state machine: keeps its token in the account, so that what the person or the carrier
 * says can send it back. Where something is due already, or the carrier is to be asked again later, the task sends its
 * own token back at once.
 *
 * A fault anywhere is thrown: the machine repeats the task, with another token, and the last token that was kept counts.
 */
export const listen = async (
  services: FallbackServices,
  task: ListenTask,
  /** Asks the carrier of an attempt how it went. */
  ask: (send: Send) => Promise<CallStatus> = () => Promise.resolve("unknown"),
): Promise<void> => {
  const context = () => contextOf(services, services.now());
  const decided = await services.decide(
    task.accountId,
    (account, status: CallStatus) => listenFor(account, task, status, context()),
    undefined,
    async (account) => {
      const send = toAskAbout(account, task, context());
      return send ? ask(send) : "unknown";
    },
  );
  const outcome = decided?.outcome ?? ({ kind: "over" } as const);
  if (outcome.kind !== "kept") await services.fallbacks.goOn(task.token, task, outcome);
};

/** The attempt about whose fate its carrier can be asked: the last one, where it has the carrier's reference. */
const toAskAbout = (
  account: Account,
  { ownerId }: { readonly ownerId: FallbackOwnerId },
  { now }: Context,
): Send | undefined => {
  const owner = findOwner(account, ownerId, now);
  const last = owner?.fallback?.sends.at(-1);
  return !owner?.over && last?.state === "placed" && last.reference !== null ? last : undefined;
};

/** Decides whether the task waits. `kept`: it does, and its token is in the account. */
function listenFor(
  account: Account,
  task: Pick<ListenTask, "ownerId" | "execution" | "token">,
  status: CallStatus,
  context: Context,
): Decision<FallbackStep | { readonly kind: "kept" }> {
  const owner = findOwner(account, task.ownerId, context.now);
  const last = owner?.fallback?.sends.at(-1);
  // Another execution has claimed a later attempt, and carries the fallback on.
  const isOurs = last?.claimedBy === null || last?.claimedBy === task.execution;
  if (!owner?.fallback || !last || !isOurs) return { account, outcome: { kind: "over" } };

  if (status === "failed" && last.reference !== null) {
    const { ownerId } = task;
    const marked = markFailed(account, { ownerId, reference: last.reference }, context).account;
    const after = findOwner(marked, ownerId, context.now);
    if (!after?.fallback) return { account, outcome: { kind: "over" } };
    // This task itself goes on. A token that an earlier run of it left is nobody's to wake.
    const failed = replaceFallback(marked, ownerId, {
      ...after.fallback,
      token: owner.fallback.token,
    });
    return { account: failed, outcome: dueStep(failed, after, context) };
  }
  const step = dueStep(account, owner, context);
  if (step.kind !== "listen") return { account, outcome: step };
  const later = status === "delivered" ? step : withQuestions(step, last, context);
  if (later.waitSeconds > 0) return { account, outcome: later };
  const listening = { ...owner.fallback, token: task.token };
  return {
    account: replaceFallback(account, task.ownerId, listening),
    outcome: { kind: "kept" },
  };
}
