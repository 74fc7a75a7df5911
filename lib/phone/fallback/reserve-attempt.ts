import type { AccountId } from "../../account/ids.ts";
import { keyedHashes, type KeyRing } from "../../crypto/key-ring.ts";
import { priceOf } from "../prices.ts";
import { addressGroup } from "../../guard/address.ts";
import type { Counter } from "../../guard/counter.ts";
import { reserveSend, type Spent } from "../../guard/send-budget.ts";
import type { SendStops } from "../../guard/send-stops.ts";
import { one } from "../../log/measure.ts";
import type { Services } from "../../account/services.ts";
import { contextOf } from "../../account/account.ts";
import type { Attempt } from "./run-task.ts";
import { isEnrolment } from "./owner.ts";

export type ReserveAttemptDeps = {
  readonly services: Services;
  readonly budgets: Counter;
  readonly stops: SendStops;
};

/**
 * Reserves an attempt on all its budgets before it goes out. Returns false if a budget is spent, or if the operator has
 * stopped sends; a measure and the log tell operators which.
 */
export const reserveAttempt = async (
  { services, budgets, stops }: ReserveAttemptDeps,
  { task, send: { channel }, fallback }: Attempt,
  keys: KeyRing,
): Promise<boolean> => {
  const { accountId } = task;
  if (await stops.isStopped(fallback.country)) return refuse(services, accountId, "stopped");
  const price = priceOf(fallback.country, channel);
  const spent = await reserveSend(
    budgets,
    {
      channel,
      isEnrolment: isEnrolment(task.ownerId),
      numberKeys: keyedHashes(keys, "number", fallback.number),
      accountId,
      addressKeys: keyedHashes(keys, "address", addressGroup(fallback.ip)),
      country: fallback.country,
      price,
    },
    contextOf(services, services.now()),
  );
  if (!spent) {
    const dollars = price / 1_000_000;
    services.log.measure({
      name: "SendCost",
      value: dollars,
      unit: "None",
      dimensions: {},
    });
    return true;
  }
  return refuse(services, accountId, spent);
};

const refuse = ({ log }: Services, account: AccountId, budget: Spent | "stopped"): false => {
  log.measure(one("BudgetSpent", { budget }));
  log.warn("excess_rate_limit_exceeded", { account, budget });
  return false;
};
