import { keyedHashes, type KeyRing } from "../crypto/key-ring.ts";
import { priceOf } from "../delivery/prices.ts";
import { addressGroup } from "../guard/address.ts";
import type { Counter } from "../guard/counter.ts";
import { chargeSend } from "../guard/send-budget.ts";
import { one } from "../http/measure.ts";
import { contextOf, type Shell } from "../http/shell.ts";
import type { Rung } from "./run-task.ts";

/** Charges every budget of a rung before it goes out. False: one is spent, and operators are told which. */
export const chargeRung = async (
  { shell, budgets }: { readonly shell: Shell; readonly budgets: Counter },
  { task, send: { via }, ladder }: Rung,
  keys: KeyRing,
): Promise<boolean> => {
  const { accountId } = task;
  const price = priceOf(ladder.country, via);
  const spent = await chargeSend(
    budgets,
    {
      via,
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
  shell.log.measure(one("BudgetSpent", { budget: spent }));
  shell.log.warn("excess_rate_limit_exceeded", { account: accountId, budget: spent });
  return false;
};
