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
 * Reserves a send on all of its budgets before it goes out. Returns the first budget that is spent, or undefined. Then,
 * and where a counter fails, it refunds what it reserved: nothing was sent, and repeated requests must not keep a phone
 * blocked. If a refund fails, the reservation stays: budgets rather allow too few sends than too many.
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
  const refund = () => Promise.allSettled(reserved.map((budget) => add(counter, budget, now, -1)));
  for (const budgets of budgetsOf(reservation, limits)) {
    const counts = await Promise.allSettled(
      budgets.map(async (budget) => {
        const { count } = await add(counter, budget, now, 1);
        reserved.push(budget);
        return count > budget.limit ? budget.of : undefined;
      }),
    );
    const fault = counts.find((one) => one.status === "rejected");
    const spent = counts.map((one) => (one.status === "fulfilled" ? one.value : undefined));
    const first = spent.find((one) => one !== undefined);
    if (!fault && !first) continue;
    await refund();
    // A fault of ours must not use up the person's budget: the send is repeated, and reserved again.
    if (fault) throw fault.reason;
    return first;
  }
  return undefined;
}

/**
 * Which budgets a refused send gives back. `all`: the carrier, SNS or we could not send, whatever the number. `money`:
 * the refusal is about the number (it cannot be called, was called too often, opted out). Nothing was paid; but the
 * budgets of number, account and address stay reserved, else nobody would stop a person who asks for it on and on.
 */
export type Refund = "all" | "money";

/**
 * Gives the reservation of a send back that was certainly not sent.
 *
 * @param context the time of the reservation, since that is when it was counted.
 */
export async function refundSend(
  counter: Counter,
  reservation: SendReservation,
  which: Refund,
  { now, limits }: Context,
): Promise<void> {
  const all = budgetsOf(reservation, limits).flat();
  const back = which === "all" ? all : all.filter(({ of }) => of === "country" || of === "service");
  await Promise.all(back.map((budget) => add(counter, budget, now, -1)));
}

const add = (
  counter: Counter,
  { key, seconds, amount = 1 }: Budget,
  now: Context["now"],
  times: 1 | -1,
) => counter.add(key, now, seconds, amount * times);

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
