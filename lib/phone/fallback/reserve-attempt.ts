import { contextOf } from "../../account/account.ts";
import type { AccountId } from "../../account/ids.ts";
import type { Services } from "../../account/services.ts";
import { keyedHashes, type KeyRing } from "../../crypto/key-ring.ts";
import { addressGroup } from "../../guard/address.ts";
import type { Counter } from "../../guard/counter.ts";
import {
  refundSend,
  reserveSend,
  type Refund,
  type SendReservation,
  type Spent,
} from "../../guard/send-budget.ts";
import type { SendStops } from "../../guard/send-stops.ts";
import { faultFields } from "../../log/log.ts";
import { one } from "../../log/measure.ts";
import { priceOf } from "../prices.ts";
import { isEnrolment } from "./owner.ts";
import type { Attempt } from "./run-task.ts";

export type BudgetServices = {
  readonly services: Services;
  readonly budgets: Counter;
  readonly stops: SendStops;
};

/**
 * Reserves an attempt on all its budgets before it goes out. Returns false if a budget is spent, or if the operator has
 * stopped sends; a measure and the log tell operators which.
 */
export const reserveAttempt = async (
  { services, budgets, stops }: BudgetServices,
  attempt: Attempt,
  keys: KeyRing,
): Promise<boolean> => {
  const { task, send, fallback } = attempt;
  if (await stops.isStopped(fallback.country)) return refuse(services, task.accountId, "stopped");
  const context = contextOf(services, send.at);
  const spent = await reserveSend(budgets, reservationOf(attempt, keys), context);
  return spent ? refuse(services, task.accountId, spent) : true;
};

/**
 * Gives back what an attempt had reserved that was certainly not sent. A fault leaves it reserved, and the log says so:
 * budgets rather allow too few sends than too many.
 */
export const refundAttempt = async (
  { services, budgets }: BudgetServices,
  attempt: Attempt,
  keys: KeyRing,
  which: Refund,
): Promise<void> => {
  try {
    // Counted at the time of the claim, so it is taken back from the same part of the same window.
    const context = contextOf(services, attempt.send.at);
    await refundSend(budgets, reservationOf(attempt, keys), which, context);
  } catch (fault) {
    services.log.warn("send_refund_failed", faultFields(fault));
  }
};

const reservationOf = (
  { task, send: { channel }, fallback }: Attempt,
  keys: KeyRing,
): SendReservation => ({
  channel,
  isEnrolment: isEnrolment(task.ownerId),
  numberKeys: keyedHashes(keys, "number", fallback.number),
  accountId: task.accountId,
  addressKeys: keyedHashes(keys, "address", addressGroup(fallback.ip)),
  country: fallback.country,
  price: priceOf(fallback.country, channel),
});

const refuse = ({ log }: Services, account: AccountId, budget: Spent | "stopped"): false => {
  log.measure(one("BudgetSpent", { budget }));
  log.warn("excess_rate_limit_exceeded", { account, budget });
  return false;
};
