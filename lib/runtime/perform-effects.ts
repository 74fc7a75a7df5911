import type { Account, Context } from "../account/account.ts";
import { decideAccount, type Decider } from "../account/decide-account.ts";
import type { Effect } from "./effects.ts";
import type { FallbackEffect } from "../phone/fallback/fallback-effects.ts";
import type { TelegramEffect } from "../telegram/telegram-effects.ts";
import { markUnsent } from "../telegram/send-prompt.ts";
import { faultFields, type Log } from "../log/log.ts";
import { failure } from "../log/measure.ts";
import { restartFallback, withdrawRequest } from "../phone/fallback/restart.ts";
import type { FallbackMachine } from "../phone/fallback/fallback-machine.ts";
import type { TelegramQueue } from "../telegram/telegram-queue.ts";

export type Performer = {
  readonly decider: Decider;
  readonly queue: TelegramQueue;
  readonly fallbacks: FallbackMachine;
  readonly log: Log;
};

/**
 * Performs the effects of a save, all at once, and returns the account as it is afterwards. Throws only where a person
 * requested a call and no execution could be started for it: the request is withdrawn, and the answer is a fault.
 */
export async function performEffects(
  performer: Performer,
  account: Account,
  effects: readonly Effect[],
  context: Context,
): Promise<Account> {
  const after = await Promise.all(
    effects.map((effect) =>
      effect.kind === "prompt" || effect.kind === "close" || effect.kind === "notify"
        ? tellTelegram(performer, effect, context)
        : moveFallback(performer, effect, context),
    ),
  );
  return after.findLast((changed) => changed !== undefined) ?? account;
}

/**
 * If the queue does not take a prompt, its chats are marked unreachable, so that the page offers another way at once.
 * If it does not take a close that is due now, the messages are edited at the challenge's end of life, and a tap on
 * them is refused until then. If it does not take a notice, the notice is lost; the entry is still in the log, in
 * recent activity and on the event bus.
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
    if (effect.kind !== "prompt") return undefined;
    log.measure(failure("TelegramFailed", true, {}));
    const decided = await decideAccount(decider, effect.accountId, (fresh) =>
      markUnsent(fresh, effect),
    );
    return decided?.account;
  }
};

/** One second more, so that the job arrives after the end of the challenge. */
const delayOf = (effect: TelegramEffect, now: number): number =>
  effect.kind === "close" && effect.notBefore !== null
    ? Math.max(0, (effect.notBefore - now) / 1000) + 1
    : 0;

const moveFallback = async (
  performer: Performer,
  effect: FallbackEffect,
  context: Context,
): Promise<Account | undefined> => {
  const { fallbacks, log } = performer;
  switch (effect.kind) {
    case "start_fallback":
      return start(performer, effect, context);
    case "move_fallback":
      return (await fallbacks.move(effect.token)) === "moved"
        ? undefined
        : restart(performer, effect, context);
    case "end_fallback":
      try {
        await fallbacks.end(effect.token);
      } catch (fault) {
        // The execution's next step sees that the challenge is over and ends by itself.
        log.warn("fallback_end_failed", faultFields(fault));
      }
      return undefined;
  }
};

type Started = Pick<
  Extract<FallbackEffect, { kind: "start_fallback" }>,
  "accountId" | "ownerId" | "run" | "channel"
>;

const start = async (
  { decider, fallbacks }: Performer,
  { accountId, ownerId, run, channel }: Started,
  context: Context,
): Promise<undefined> => {
  try {
    await fallbacks.start(accountId, ownerId, run, { kind: "send", channel, waitSeconds: 0 });
    return undefined;
  } catch (fault) {
    await decideAccount(decider, accountId, (fresh) => withdrawRequest(fresh, ownerId, context));
    throw fault;
  }
};

/** The task timed out or ended at this moment. Another execution checks what is due. */
const restart = async (
  performer: Performer,
  { accountId, ownerId }: Pick<Started, "accountId" | "ownerId">,
  context: Context,
): Promise<Account | undefined> => {
  const decided = await decideAccount(performer.decider, accountId, (fresh) =>
    restartFallback(fresh, ownerId, context),
  );
  if (decided?.outcome.kind !== "restart") return undefined;
  const { run, channel } = decided.outcome;
  await start(performer, { accountId, ownerId, run, channel }, context);
  return decided.account;
};
