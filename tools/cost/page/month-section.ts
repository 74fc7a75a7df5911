import {
  averageSignIn,
  fixedCosts,
  habits,
  monthSeconds,
  sizes,
  storageCosts,
  traceCost,
  webAclCost,
  type Usages,
} from "../bill/month.ts";
import { sendCosts } from "../bill/sends.ts";
import { billOf, scaled } from "../bill/usage.ts";
import type { Deployed } from "../deployed/deployed.ts";
import { dollars, figure, table, whole } from "./markdown.ts";

export type Month = {
  readonly usages: Usages;
  readonly deployed: Deployed;
  /** The bytes in the table for one person. */
  readonly bytesPerPerson: number;
};

const total = (costs: Readonly<Record<string, number>>): number =>
  Object.values(costs).reduce((sum, usd) => sum + usd, 0);

/** The cost of a month with `people` people, by part, in US dollars. */
export const monthCosts = (people: number, { usages, deployed, bytesPerPerson }: Month) => {
  const signIns = people * habits.signInsPerPerson;
  const all = scaled(signIns, averageSignIn(usages));
  const bill = billOf(all);
  const kept = storageCosts(people, bytesPerPerson, all.logBytes, deployed.logMonths);
  const sends = sendCosts(all, habits.country);
  const aws = {
    fixed: total(fixedCosts(deployed)),
    "HTTP API": bill.httpRequests,
    CloudFront: bill.edgeRequests,
    WAF: webAclCost(deployed, all),
    Lambda: bill.lambdaRequests + bill.lambdaGbSeconds,
    DynamoDB: bill.readUnits + bill.writeUnits + kept.table + kept.backup,
    "Step Functions": bill.transitions,
    "SQS, EventBridge": bill.queueRequests + bill.events,
    "CloudWatch Logs": bill.logBytes + kept.logs,
    "X-Ray": traceCost(deployed, all),
    "Secrets Manager": bill.secretReads,
    "data out": bill.bytesOut,
  };
  return {
    signIns,
    perSecond: signIns / monthSeconds,
    all,
    kept,
    sends,
    aws,
    awsTotal: total(aws),
  };
};

export const monthTable = (month: Month): string => {
  const costs = sizes.map((people) => monthCosts(people, month));
  const [first] = costs;
  const parts = Object.keys(first?.aws ?? {}) as (keyof NonNullable<typeof first>["aws"])[];
  const used = parts.filter((part) => costs.some(({ aws }) => aws[part] > 0));
  return table(
    ["people a month", ...sizes.map(whole)],
    [
      ["sign-ins", ...costs.map(({ signIns }) => whole(signIns))],
      ["– a second, on average", ...costs.map(({ perSecond }) => figure(perSecond, 2))],
      ["– a second, at the peak", ...costs.map((cost) => figure(cost.perSecond * habits.peak, 2))],
      ["HTTP requests", ...costs.map(({ all }) => whole(all.httpRequests))],
      ["GB in the table", ...costs.map(({ kept }) => figure(kept.tableGb, 2))],
      ...used.map((part) => [
        part === "fixed" ? "fixed, USD" : `${part}, USD`,
        ...costs.map(({ aws }) => dollars(aws[part])),
      ]),
      ["**AWS, USD**", ...costs.map(({ awsTotal }) => `**${dollars(awsTotal)}**`)],
      [
        "– for a person",
        ...costs.map(({ awsTotal }, i) => (awsTotal / (sizes[i] ?? 1)).toFixed(4)),
      ],
      ["carriers, USD", ...costs.map(({ sends }) => dollars(sends.calls))],
      ["SMS, USD", ...costs.map(({ sends }) => dollars(sends.sms))],
      [
        "**everything, USD**",
        ...costs.map(({ awsTotal, sends }) => `**${dollars(awsTotal + sends.sends)}**`),
      ],
    ],
  );
};

/** The table of costs that arise without a single sign-in. */
export const fixedTable = (deployed: Deployed): string => {
  const costs = fixedCosts(deployed);
  return table(
    ["a month", "US dollars"],
    [
      ...Object.entries(costs)
        .filter(([, usd]) => usd > 0)
        .map(([name, usd]) => [name, dollars(usd)]),
      ["**in all**", `**${dollars(total(costs))}**`],
    ],
  );
};
