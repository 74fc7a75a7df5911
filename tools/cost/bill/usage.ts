import { costOf, prices } from "./prices.ts";

/** What is billed by use. */
export type Billed = keyof typeof prices;

/** What carriers and SNS are paid for. */
type Sent = "calls" | "sms";

/** What quotas are about, beside what is billed. */
type Rate =
  | "lambdaSeconds"
  | "webhookSeconds"
  | "startExecutions"
  | "taskAnswers"
  | "putEvents"
  | "telegramMessages";

/** How much of everything something takes. */
export type Usage = Readonly<Record<Billed | Sent | Rate, number>>;

export const noUsage: Usage = {
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
  traces: 0,
  calls: 0,
  sms: 0,
  lambdaSeconds: 0,
  webhookSeconds: 0,
  startExecutions: 0,
  taskAnswers: 0,
  putEvents: 0,
  telegramMessages: 0,
};

const units = Object.keys(noUsage) as (keyof Usage)[];

export const usage = (some: Partial<Usage>): Usage => ({ ...noUsage, ...some });

/** So many times each, together. */
export const together = (parts: readonly (readonly [times: number, of: Usage])[]): Usage =>
  Object.fromEntries(
    units.map((unit) => [unit, parts.reduce((sum, [times, of]) => sum + times * of[unit], 0)]),
  ) as Usage;

export const sum = (all: readonly Usage[]): Usage => together(all.map((one) => [1, one]));

export const scaled = (times: number, of: Usage): Usage => together([[times, of]]);

/** What AWS bills for it, by price, in US dollars. Calls and SMS are not part of it. */
export const billOf = (of: Usage): Readonly<Record<Billed, number>> =>
  Object.fromEntries(
    (Object.keys(prices) as Billed[]).map((unit) => [unit, costOf(of[unit], prices[unit])]),
  ) as Record<Billed, number>;

/** The sum of `billOf`. */
export const awsCostOf = (of: Usage): number =>
  Object.values(billOf(of)).reduce((total, usd) => total + usd, 0);
