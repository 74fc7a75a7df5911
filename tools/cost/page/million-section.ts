import { priceTable } from "../../../lib/phone/price-table.ts";
import type { PriceTable } from "../../../lib/phone/price-table.ts";
import { times } from "../assumptions.ts";
import { sendCosts } from "../bill/sends.ts";
import { awsCostOf, billOf, type Billed, type Usage } from "../bill/usage.ts";
import { asksWithin } from "../metering/sign-in-page.ts";
import type { Row } from "./counted-section.ts";
import { dollars, percent, table, whole } from "./markdown.ts";

export const million = 1e6;

const lines: readonly (readonly [Billed, string])[] = [
  ["httpRequests", "HTTP API"],
  ["edgeRequests", "CloudFront"],
  ["lambdaRequests", "Lambda requests"],
  ["lambdaGbSeconds", "Lambda time"],
  ["readUnits", "DynamoDB reads"],
  ["writeUnits", "DynamoDB writes"],
  ["queueRequests", "SQS"],
  ["transitions", "Step Functions"],
  ["events", "EventBridge"],
  ["logBytes", "CloudWatch Logs"],
  ["bytesOut", "data out"],
  ["secretReads", "Secrets Manager"],
];

/** The AWS cost of a million of each kind, by service. The table leaves out services that nothing uses. */
export const millionTable = (rows: readonly Row[]): string => {
  const bills = rows.map(({ usage }) => billOf(usage));
  const used = lines.filter(([unit]) => bills.some((bill) => bill[unit] > 0));
  return table(
    ["US dollars a million", ...rows.map(({ counted }) => counted.name)],
    [
      ...used.map(([unit, name]) => [name, ...bills.map((bill) => dollars(bill[unit] * million))]),
      ["**AWS in all**", ...rows.map(({ usage }) => `**${dollars(awsCostOf(usage) * million)}**`)],
    ],
  );
};

/** The three largest parts of each kind's cost. */
export const dominantTable = (rows: readonly Row[]): string =>
  table(
    ["", "largest", "second", "third"],
    rows.map(({ counted, usage }) => [counted.name, ...largest(usage)]),
  );

const largest = (usage: Usage): string[] => {
  const [bill, all] = [billOf(usage), awsCostOf(usage)];
  return lines
    .map(([unit, name]) => [name, bill[unit]] as const)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, usd]) => `${name} ${percent(usd / all)}`);
};

/** The cost of calls and SMS for a million sign-ins by phone, by country, without AWS's part. */
export const phoneTable = (call: Usage, sms: Usage, prices: PriceTable = priceTable): string =>
  table(
    ["US dollars a million", "a call", "an SMS", "signed in by a call", "3 calls, then SMS"],
    [...Object.keys(prices.countries), "others"].map((country) => [
      country,
      ...[{ calls: 1, sms: 0 }, { calls: 0, sms: 1 }, call, sms].map((of) =>
        whole(sendCosts(of, country, prices).sends * million),
      ),
    ]),
  );

/** The cost of waiting: the page polls the challenge until the person answers. */
export const waitingTable = (one: Usage): string =>
  table(
    ["answered after", "polls", "US dollars a million"],
    [5, 12, 30, 60, 300, 600].map((seconds) => {
      const asks = asksWithin(seconds);
      return [
        seconds < 120 ? `${seconds} s` : `${seconds / 60} min`,
        asks,
        dollars(awsCostOf(one) * asks * million),
      ];
    }),
  );

/** Shows how much the assumed times matter: it compares them with doubled times. */
export const timesTable = (rows: readonly Row[], slow: readonly Row[]): string =>
  table(
    ["", "ms billed", "AWS, a million", "ms billed, times doubled", "AWS, times doubled"],
    rows.map(({ counted, usage }, i) => {
      const other = slow[i]?.usage ?? usage;
      return [
        counted.name,
        ...[usage, other].flatMap((of) => [
          whole(of.lambdaSeconds * 1000),
          dollars(awsCostOf(of) * million),
        ]),
      ];
    }),
  );

export const doubledTimes = {
  ...times,
  ownMs: times.ownMs * 2,
  passwordHashMs: times.passwordHashMs * 2,
  storageMs: times.storageMs * 2,
  awsMs: times.awsMs * 2,
  outsideMs: times.outsideMs * 2,
  coldStartMs: times.coldStartMs * 2,
};
