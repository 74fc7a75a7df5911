import {
  idlePollsPerMinute,
  keyAsksPerHour,
  metricSeries,
  packedLogShare,
  tracing,
} from "../assumptions.ts";
import type { Deployed } from "../deployed/deployed.ts";
import type { OtherRequest } from "../metering/other-requests.ts";
import type { SignIn } from "../metering/journeys.ts";
import { costOf, monthlyPrices, optionPrices, prices } from "./prices.ts";
import { together, type Usage } from "./usage.ts";

/** How people use the service in a month. */
export type Habits = {
  readonly signInsPerPerson: number;
  /** The share of each kind among all sign-ins. */
  readonly shares: Readonly<Record<SignIn, number>>;
  /** The number of other requests for each sign-in. */
  readonly perSignIn: Readonly<Record<OtherRequest, number>>;
  /** The country of the phone numbers. */
  readonly country: string;
  /** The rate at the busiest moment, divided by the average rate. */
  readonly peak: number;
  /** How long a session stays in the table, in days. DynamoDB removes expired items at a time of its own choice. */
  readonly sessionDays: number;
};

export const habits: Habits = {
  signInsPerPerson: 12,
  shares: {
    password: 0.4,
    app: 0.25,
    telegram: 0.2,
    telegramTwice: 0.02,
    appBesideTelegram: 0.05,
    call: 0.06,
    sms: 0.01,
    recoveryCode: 0.01,
  },
  perSignIn: { check: 30, security: 0.02, wrongPassword: 0.15 },
  country: "UA",
  peak: 10,
  sessionDays: 2,
};

export const monthSeconds = 30 * 86_400;
export const sizes = [10_000, 100_000, 1_000_000];

export type Usages = {
  readonly signIns: Readonly<Record<SignIn, Usage>>;
  readonly others: Readonly<Record<OtherRequest, Usage>>;
};

/** The usage of the average sign-in, with the other requests that belong to it. */
export const averageSignIn = (
  { signIns, others }: Usages,
  { shares, perSignIn }: Habits = habits,
): Usage =>
  together([
    ...(Object.keys(shares) as SignIn[]).map((key) => [shares[key], signIns[key]] as const),
    ...(Object.keys(perSignIn) as OtherRequest[]).map(
      (key) => [perSignIn[key], others[key]] as const,
    ),
  ]);

/** The monthly costs that arise without a single sign-in, by name, in US dollars. */
export const fixedCosts = ({
  count,
  memoryMb,
}: Pick<Deployed, "count" | "memoryMb">): Readonly<Record<string, number>> => {
  const roles = Object.keys(memoryMb).length;
  const polls = idlePollsPerMinute * 60 * 24 * 30;
  return {
    [`${count.secrets} secrets`]: costOf(count.secrets, monthlyPrices.secret),
    [named(count.keys, "KMS key")]: costOf(count.keys, monthlyPrices.key),
    "KMS requests, at most": costOf(roles * keyAsksPerHour * 24 * 30, monthlyPrices.keyRequests),
    "the queue, asked while it is empty": costOf(polls, prices.queueRequests),
    [`${metricSeries} custom metrics, where all of them occur`]: costOf(
      metricSeries,
      monthlyPrices.metric,
    ),
    [`${named(count.alarms, "alarm")}, which watch ${named(count.alarmMetrics, "metric")}`]: costOf(
      count.alarmMetrics,
      monthlyPrices.alarmMetric,
    ),
    [named(count.dashboards, "dashboard")]: costOf(count.dashboards, monthlyPrices.dashboard),
  };
};

const named = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** The size of the table and of the logs in GB, and their monthly costs in US dollars. */
export const storageCosts = (
  people: number,
  bytesPerPerson: number,
  logBytesPerMonth: number,
  logMonths: number,
) => {
  const tableGb = (people * bytesPerPerson) / 1e9;
  const logGb = (logBytesPerMonth * logMonths * packedLogShare) / 1e9;
  return {
    tableGb,
    logGb,
    table: costOf(tableGb, monthlyPrices.tableGb),
    backup: costOf(tableGb, monthlyPrices.backupGb),
    logs: costOf(logGb, monthlyPrices.logGb),
  };
};

/** WAF's cost in US dollars: the web ACL, its rules, and its check of every request that comes through CloudFront. */
export const webAclCost = ({ count }: Pick<Deployed, "count">, of: Usage): number =>
  count.webAcls === 0
    ? 0
    : costOf(count.webAcls, monthlyPrices.webAcl) +
      costOf(count.webAclRules, monthlyPrices.webAclRule) +
      costOf(of.edgeRequests, optionPrices.webAclRequests);

/** X-Ray's cost of a month in US dollars. Lambda begins a trace for each invocation that X-Ray samples. */
export const traceCost = ({ traced }: Pick<Deployed, "traced">, of: Usage): number => {
  if (!traced) return 0;
  const perSecond = of.lambdaRequests / monthSeconds;
  const first = Math.min(perSecond, tracing.firstOfEachSecond);
  const recorded = first + tracing.shareOfOthers * (perSecond - first);
  return costOf(recorded * monthSeconds, optionPrices.traces);
};
