import {
  idlePollsPerMinute,
  keyAsksPerHour,
  metricSeries,
  packedLogShare,
} from "../assumptions.ts";
import type { Deployed } from "../deployed.ts";
import type { OtherRequest } from "../metering/other-requests.ts";
import type { SignIn } from "../metering/journeys.ts";
import { costOf, monthlyPrices, prices, webAclRequests } from "./prices.ts";
import { together, type Usage } from "./usage.ts";

/** How people use the service in a month. */
export type Habits = {
  readonly signInsPerPerson: number;
  /** Of all sign-ins, how many go each way. */
  readonly shares: Readonly<Record<SignIn, number>>;
  /** What else is asked for each sign-in. */
  readonly perSignIn: Readonly<Record<OtherRequest, number>>;
  /** The country that numbers are of. */
  readonly country: string;
  /** How many times the average the busiest moment is. */
  readonly peak: number;
  /** How long a session stays in the table, in days: DynamoDB cleans up when it likes. */
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

/** What the average sign-in takes, with everything that belongs to it. */
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

/** What has to be paid in a month without a single sign-in, by what it is for. */
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
    [named(count.alarms, "alarm")]: costOf(count.alarms, monthlyPrices.alarm),
    [named(count.dashboards, "dashboard")]: costOf(count.dashboards, monthlyPrices.dashboard),
    [named(count.webAcls, "web ACL")]: costOf(count.webAcls, monthlyPrices.webAcl),
  };
};

const named = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What lies in the table and in the logs, in GB, and what that costs a month. */
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

/** Where the template has a web ACL, it looks at every HTTP request. */
export const webAclCost = ({ count }: Pick<Deployed, "count">, of: Usage): number =>
  count.webAcls > 0 ? costOf(of.httpRequests, webAclRequests) : 0;
