import { contextOf, type Account, type Context } from "../account/account.ts";
import { decideAccount, type Decide, type Decider } from "../account/decide-account.ts";
import type { FallbackMachine } from "../phone/fallback/fallback-machine.ts";
import type { TelegramQueue } from "../telegram/telegram-queue.ts";
import { newActivity, type ActivityEvents } from "./activity-events.ts";
import type { Background } from "./background.ts";
import { effectsOf } from "./effects.ts";
import { measuresOf } from "./measures.ts";
import { performEffects } from "./perform-effects.ts";
import type { Services } from "../account/services.ts";
import { logActivity, publishActivity } from "./tell-activity.ts";

/** The services that decisions reach beyond the table. */
export type Reach = {
  readonly queue: TelegramQueue;
  readonly fallbacks: FallbackMachine;
  readonly events: ActivityEvents;
};

export type RunServices = Services &
  Reach & {
    readonly decider: Decider;
    /**
     * Returns what is saved in place of the decision's account, see `tidyAccount`. A function that cannot publish an
     * ending leaves it to the next function that can.
     */
    readonly tidy: (account: Account, context: Context) => Account;
    readonly background: Background;
  };

/**
 * Decides and saves. Only afterwards does it log, measure and publish the saved change and perform its effects. The
 * effects are read off the change itself, so no decision can forget one.
 */
export const runDecisions =
  (services: RunServices): Decide =>
  async (id, decision, loaded, prepare) => {
    const { decider, log, background, tidy } = services;
    const context = contextOf(services, services.now());
    const decided = await decideAccount(
      decider,
      id,
      (account, prepared: Parameters<typeof decision>[1]) => {
        const made = decision(account, prepared);
        return made.account === account ? made : { ...made, account: tidy(made.account, context) };
      },
      loaded,
      prepare,
    );
    if (!decided) return undefined;
    const { before, account } = decided;
    const notices = newActivity(before, account);
    logActivity(log, notices);
    for (const measure of measuresOf(before, account)) log.measure(measure);
    const [after] = await Promise.all([
      performEffects(services, account, effectsOf(before, account), context),
      background(publishActivity(services, notices)),
    ]);
    return { ...decided, account: after };
  };
