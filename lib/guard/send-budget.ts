import type { Context } from "../account/account.ts";
import type { AccountId } from "../account/ids.ts";
import type { Channel } from "../account/fallback.ts";
import type { Limits } from "../settings/limits.ts";
import type { Counter } from "./counter.ts";

/**
 * One call or SMS, as budgets see it. Numbers and addresses are keyed hashes. During a rotation there is one hash under
 * each key, and the reservation counts under all of them: what was spent under the old key stays spent.
 */
export type SendReservation = {
  readonly channel: Channel;
  /** Whether the person is only confirming the number: it may belong to somebody else. */
  readonly isEnrolment: boolean;
  readonly numberKeys: readonly string[];
  readonly accountId: AccountId;
  readonly addressKeys: readonly string[];
  readonly country: string;
  /** Millionths of a US dollar. */
  readonly price: number;
};

/** The budget that a reservation found spent. */
export type Spent = "enrolment" | "number" | "account" | "address" | "country" | "service";

/**
 * Reserves a send on all of its budgets before it goes out. Returns the first budget that is spent, or undefined. For a
 * refused send it refunds the reservations: nothing was sent, and repeated requests must not keep a phone blocked. If a
 * refund fails, the reservation stays: budgets rather allow too few sends than too many.
 *
 * The order is: the person's own budgets, then the budget of the country, then the budget of the whole service. Each
 * group is reserved only if the groups before it had room. So requests that a person's own budget refuses never touch
 * the money that others need.
 */
export async function reserveSend(
  counter: Counter,
  reservation: SendReservation,
  { now, limits }: Context,
): Promise<Spent | undefined> {
  const reserved: Budget[] = [];
  const add = ({ key, seconds, amount = 1 }: Budget, times: 1 | -1) =>
    counter.add(key, now, seconds, amount * times);
  for (const budgets of budgetsOf(reservation, limits)) {
    reserved.push(...budgets);
    const over = await Promise.all(
      budgets.map(async (budget) => {
        const { count } = await add(budget, 1);
        return count > budget.limit ? budget.of : undefined;
      }),
    );
    const spent = over.find((one) => one !== undefined);
    if (!spent) continue;
    await Promise.allSettled(reserved.map((budget) => add(budget, -1)));
    return spent;
  }
  return undefined;
}

type Budget = {
  readonly of: Spent;
  readonly key: string;
  readonly seconds: number;
  readonly limit: number;
  readonly amount?: number;
};

/**
 * The budgets of a send, in groups. A number that is being confirmed has a separate budget, over all accounts. A
 * stranger can begin to confirm somebody's number on any account, and must not use up the calls and SMS with which the
 * number's owner signs in.
 */
const budgetsOf = (
  { channel, isEnrolment, numberKeys, accountId, addressKeys, country, price }: SendReservation,
  { sends }: Limits,
): readonly Budget[][] => {
  const [few, many] =
    channel === "call" ? [sends.calls, sends.callsPerDay] : [sends.sms, sends.smsPerDay];
  const half = { seconds: sends.halfHourSeconds, limit: few };
  const day = { seconds: 86_400, limit: many };
  const money = { seconds: 86_400, amount: price };
  return [
    [
      ...numberKeys.flatMap((key): Budget[] =>
        isEnrolment
          ? [{ of: "enrolment", key: `enrolment-${key}`, ...day, limit: sends.enrolmentsPerDay }]
          : [
              { of: "number", key: `number-${channel}-half-${key}`, ...half },
              { of: "number", key: `number-${channel}-day-${key}`, ...day },
            ],
      ),
      { of: "account", key: `account-${channel}-half-${accountId}`, ...half },
      { of: "account", key: `account-${channel}-day-${accountId}`, ...day },
      ...addressKeys.map((key): Budget => {
        return { of: "address", key: `address-${key}`, seconds: 3600, limit: sends.perAddress };
      }),
    ],
    [{ of: "country", key: `country-${country}`, ...money, limit: sends.moneyPerCountry }],
    [{ of: "service", key: "service", ...money, limit: sends.money }],
  ];
};
