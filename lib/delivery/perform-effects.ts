import type { Account, Context } from "../account/account.ts";
import { decideAccount, type Decider } from "../account/decide-account.ts";
import type { Effect, LadderEffect, TelegramEffect } from "../challenge/effects.ts";
import { markUnsent } from "../challenge/send-ask.ts";
import { faultFields, type Log } from "../http/log.ts";
import { restartLadder, withdrawRequest } from "../ladder/restart.ts";
import type { LadderMachine } from "./ladder-machine.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

export type Performer = {
  readonly decider: Decider;
  readonly queue: TelegramQueue;
  readonly ladders: LadderMachine;
  readonly log: Log;
};

/**
 * Sets going what follows from a save, side by side, and returns the account as it is then. Throws only where somebody
 * asked for a call and no execution could be started for it: the request is taken back, and the answer is a fault.
 */
export async function performEffects(
  performer: Performer,
  account: Account,
  effects: readonly Effect[],
  context: Context,
): Promise<Account> {
  const after = await Promise.all(
    effects.map((effect) =>
      effect.kind === "ask" || effect.kind === "settle" || effect.kind === "notify"
        ? tellTelegram(performer, effect, context)
        : moveLadder(performer, effect, context),
    ),
  );
  return after.findLast((changed) => changed !== undefined) ?? account;
}

/**
 * A request that the queue does not take makes its chats unreachable, so that the page offers another way at once.
 * Messages that nobody edits now are edited at the challenge's end of life; a tap on them is refused meanwhile.
 * A notice that it does not take is lost: it stands in the log, in recent activity and on the event bus.
 */
const tellTelegram = async (
  { decider, queue, log }: Performer,
  effect: TelegramEffect,
  { now }: Context,
): Promise<Account | undefined> => {
  try {
    await queue.send(effect, delayOf(effect, now));
    return undefined;
  } catch (fault) {
    log.error("telegram_queue_failed", { job: effect.kind, ...faultFields(fault) });
    if (effect.kind !== "ask") return undefined;
    const decided = await decideAccount(decider, effect.accountId, (fresh) =>
      markUnsent(fresh, effect),
    );
    return decided?.account;
  }
};

/** A second more, so that the end has come when the job does. */
const delayOf = (effect: TelegramEffect, now: number): number =>
  effect.kind === "settle" && effect.notBefore !== null
    ? Math.max(0, (effect.notBefore - now) / 1000) + 1
    : 0;

const moveLadder = async (
  performer: Performer,
  effect: LadderEffect,
  context: Context,
): Promise<Account | undefined> => {
  const { ladders, log } = performer;
  switch (effect.kind) {
    case "start_ladder":
      return start(performer, effect, context);
    case "move_ladder": {
      const to = effect.callsOver ? "calls_over" : "next";
      return (await ladders.move(effect.token, to)) === "moved"
        ? undefined
        : restart(performer, effect, context);
    }
    case "end_ladder":
      try {
        await ladders.end(effect.token);
      } catch (fault) {
        // The execution's next step finds the challenge over and ends by itself.
        log.warn("ladder_end_failed", faultFields(fault));
      }
      return undefined;
  }
};

type Started = Pick<
  Extract<LadderEffect, { kind: "start_ladder" }>,
  "accountId" | "subjectId" | "run"
>;

const start = async (
  { decider, ladders }: Performer,
  { accountId, subjectId, run }: Started,
  context: Context,
): Promise<undefined> => {
  try {
    await ladders.start(accountId, subjectId, run);
    return undefined;
  } catch (fault) {
    await decideAccount(decider, accountId, (fresh) => withdrawRequest(fresh, subjectId, context));
    throw fault;
  }
};

/** The task timed out or died just then: another execution looks what is due. */
const restart = async (
  performer: Performer,
  { accountId, subjectId }: Omit<Started, "run">,
  context: Context,
): Promise<Account | undefined> => {
  const decided = await decideAccount(performer.decider, accountId, (fresh) =>
    restartLadder(fresh, subjectId, context),
  );
  if (decided?.outcome.kind !== "restart") return undefined;
  await start(performer, { accountId, subjectId, run: decided.outcome.run }, context);
  return decided.account;
};
