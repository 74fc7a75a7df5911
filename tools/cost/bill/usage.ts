import type { FunctionName } from "../../../infra/settings/functions.ts";
import { costOf, prices } from "./prices.ts";

/** What AWS bills by use. */
export type Billed = keyof typeof prices;

/** What carriers and SNS bill. */
type Sent = "calls" | "sms";

/** Amounts that quotas limit but nobody bills. */
type Rate = "lambdaSeconds" | "startExecutions" | "taskAnswers" | "putEvents" | "telegramMessages";

type Unit = Billed | Sent | Rate;

/** The amount of each unit that something uses. */
export type Usage = Readonly<Record<Unit, number>> & {
  /** The number of requests to each route of the HTTP API. */
  readonly requestsTo: Readonly<Record<string, number>>;
  /** The seconds that each function runs. */
  readonly secondsIn: Readonly<Partial<Record<FunctionName, number>>>;
};

const none: Readonly<Record<Unit, number>> = {
  httpRequests: 0,
  edgeRequests: 0,
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  readUnits: 0,
  writeUnits: 0,
  queueRequests: 0,
  transitions: 0,
  events: 0,
  logBytes: 0,
  bytesOut: 0,
  secretReads: 0,
  calls: 0,
  sms: 0,
  lambdaSeconds: 0,
  startExecutions: 0,
  taskAnswers: 0,
  putEvents: 0,
  telegramMessages: 0,
};

export const noUsage: Usage = { ...none, requestsTo: {}, secondsIn: {} };

const units = Object.keys(none) as Unit[];

export const usage = (some: Partial<Usage>): Usage => ({ ...noUsage, ...some });

/** The sum of the parts, each multiplied by its `times`. */
export const together = (parts: readonly (readonly [times: number, of: Usage])[]): Usage => ({
  ...(Object.fromEntries(
    units.map((unit) => [unit, parts.reduce((sum, [times, of]) => sum + times * of[unit], 0)]),
  ) as Record<Unit, number>),
  requestsTo: added(parts.map(([times, of]) => [times, of.requestsTo])),
  secondsIn: added(parts.map(([times, of]) => [times, of.secondsIn])),
});

const added = (
  parts: readonly (readonly [times: number, of: Readonly<Record<string, number>>])[],
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [times, of] of parts) {
    for (const [name, amount] of Object.entries(of)) {
      sums[name] = (sums[name] ?? 0) + times * amount;
    }
  }
  return sums;
};

export const sum = (all: readonly Usage[]): Usage => together(all.map((one) => [1, one]));

export const scaled = (times: number, of: Usage): Usage => together([[times, of]]);

/** AWS's bill for a usage, by price, in US dollars. It does not contain calls and SMS. */
export const billOf = (of: Usage): Readonly<Record<Billed, number>> =>
  Object.fromEntries(
    (Object.keys(prices) as Billed[]).map((unit) => [unit, costOf(of[unit], prices[unit])]),
  ) as Record<Billed, number>;

/** The sum of `billOf`. */
export const awsCostOf = (of: Usage): number =>
  Object.values(billOf(of)).reduce((total, usd) => total + usd, 0);
