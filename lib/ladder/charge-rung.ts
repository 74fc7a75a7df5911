import type { AccountId } from "../account/ids.ts";
import { keyedHashes, type KeyRing } from "../crypto/key-ring.ts";
import { priceOf } from "../delivery/prices.ts";
import { addressGroup } from "../guard/address.ts";
import type { Counter } from "../guard/counter.ts";
import { chargeSend, type Spent } from "../guard/send-budget.ts";
import type { SendStops } from "../guard/send-stops.ts";
import { one } from "../http/measure.ts";
import { contextOf, type Shell } from "../http/shell.ts";
import type { Rung } from "./run-task.ts";
import { isEnrolment } from "./subject.ts";

export type ChargeRungDeps = {
  readonly shell: Shell;
  readonly budgets: Counter;
  readonly stops: SendStops;
};

/**
 * Charges every budget of a rung before it goes out. False: one is spent, or whoever operates the service has stopped
 * sends; operators are told which.
 */
export const chargeRung = async (
  { shell, budgets, stops }: ChargeRungDeps,
  { task, send: { via }, ladder }: Rung,
  keys: KeyRing,
): Promise<boolean> => {
  const { accountId } = task;
  if (await stops.isStopped(ladder.country)) return refuse(shell, accountId, "stopped");
  const price = priceOf(ladder.country, via);
  const spent = await chargeSend(
    budgets,
    {
      via,
      isEnrolment: isEnrolment(task.subjectId),
      numberKeys: keyedHashes(keys, "number", ladder.number),
      accountId,
      addressKeys: keyedHashes(keys, "address", addressGroup(ladder.ip)),
      country: ladder.country,
      price,
    },
    contextOf(shell, shell.now()),
  );
  if (!spent) {
    const dollars = price / 1_000_000;
    shell.log.measure({ name: "SendCost", value: dollars, unit: "None", dimensions: { via } });
    return true;
  }
  return refuse(shell, accountId, spent);
};

const refuse = ({ log }: Shell, account: AccountId, budget: Spent | "stopped"): false => {
  log.measure(one("BudgetSpent", { budget }));
  log.warn("excess_rate_limit_exceeded", { account, budget });
  return false;
};
