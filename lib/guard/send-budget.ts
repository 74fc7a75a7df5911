import type { Context } from "../account/account.ts";
import type { AccountId } from "../account/ids.ts";
import type { Channel } from "../account/fallback.ts";
import type { Limits } from "../settings/limits.ts";
import type { Counter } from "./counter.ts";

/**
 * One call or SMS, as budgets see it. Keys are keyed hashes but for the account's id and the country. Where keys are
 * being rotated there is a hash under each, and every one is reserved: what was spent under the old key stays spent.
 */
export type SendReservation = {
  readonly channel: Channel;
  /** Whether the number is only being confirmed: its owner may be somebody else. */
  readonly isEnrolment: boolean;
  readonly numberKeys: readonly string[];
  readonly accountId: AccountId;
  readonly addressKeys: readonly string[];
  readonly country: string;
  /** Millionths of a US dollar. */
  readonly price: number;
};

/** What a reservation found spent. */
export type Spent = "enrolment" | "number" | "account" | "address" | "country" | "service";

/**
 * Reserves on every budget of a send before it goes out, and names the first that is spent, or undefined. A send that is
 * refused is taken back: it was none, and somebody who asks on and on must not keep a phone shut. What cannot be taken
 * back stays reserved: budgets err on the side of sending less.
 *
 * What is somebody's own comes first, then what a country shares, then what everybody does, each only if the ones
 * before had room: asking on for what one's own budget refuses must not even touch the money that others need.
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
 * A number that is being confirmed has a budget of its own, over all accounts: whoever knows somebody's number can begin
 * it anywhere, and must not use up the calls and SMS that its owner signs in with.
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
