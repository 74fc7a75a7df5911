import type { Account } from "../account/account.ts";
import { decideAccount, type Decider } from "../account/decide-account.ts";
import type { Instant } from "../account/ids.ts";
import type { Effect } from "../challenge/effects.ts";
import { markUnsent } from "../challenge/send-ask.ts";
import { faultFields, type Log } from "../http/log.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

/**
 * Hands the effects of a save to the queue and returns the account as it is then. A request that the queue does not
 * take makes its chats unreachable, so that the page offers another way at once; messages that nobody edits now are
 * edited at the challenge's end of life, and a tap on them is refused meanwhile.
 */
export async function performEffects(
  {
    decider,
    queue,
    log,
  }: { readonly decider: Decider; readonly queue: TelegramQueue; readonly log: Log },
  account: Account,
  effects: readonly Effect[],
  now: Instant,
): Promise<Account> {
  const failed = await Promise.all(
    effects.map(async (effect) => {
      try {
        await queue.send(effect, delayOf(effect, now));
        return undefined;
      } catch (fault) {
        log.error("telegram_queue_failed", { job: effect.kind, ...faultFields(fault) });
        return effect;
      }
    }),
  );
  let current = account;
  for (const effect of failed) {
    if (effect?.kind !== "ask") continue;
    const decided = await decideAccount(decider, effect.accountId, (fresh) =>
      markUnsent(fresh, effect),
    );
    current = decided?.account ?? current;
  }
  return current;
}

/** A second more, so that the end has come when the job does. */
const delayOf = (effect: Effect, now: Instant): number =>
  effect.kind === "settle" && effect.notBefore !== null
    ? Math.max(0, (effect.notBefore - now) / 1000) + 1
    : 0;
