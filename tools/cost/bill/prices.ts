/** A price as price lists write it: `usd` US dollars for `per` units. */
export type Price = { readonly usd: number; readonly per: number; readonly unit: string };

export const pricesAsOf = { date: "November 2026", region: "eu-central-1 (Frankfurt)" } as const;

/**
 * On-demand list prices without free tiers, volume tiers, savings plans and taxes, as best known at `pricesAsOf`.
 * Prices change: write today's prices here and run `npm run cost`. The prices of calls and SMS are in
 * `lib/phone/price-table.ts`; the service itself reserves its budgets by them.
 */
export const prices = {
  httpRequests: { usd: 1.2, per: 1e6, unit: "HTTP API requests" },
  edgeRequests: { usd: 0.012, per: 1e4, unit: "CloudFront HTTPS requests" },
  lambdaRequests: { usd: 0.2, per: 1e6, unit: "Lambda requests" },
  lambdaGbSeconds: { usd: 0.0000133334, per: 1, unit: "Lambda GB-seconds (arm64)" },
  readUnits: { usd: 0.1525, per: 1e6, unit: "DynamoDB read request units" },
  writeUnits: { usd: 0.7625, per: 1e6, unit: "DynamoDB write request units" },
  queueRequests: { usd: 0.4, per: 1e6, unit: "SQS requests" },
  transitions: { usd: 0.025, per: 1e3, unit: "Step Functions state transitions" },
  events: { usd: 1, per: 1e6, unit: "EventBridge custom events" },
  logBytes: { usd: 0.63, per: 1e9, unit: "bytes of logs taken in by CloudWatch" },
  bytesOut: { usd: 0.09, per: 1e9, unit: "bytes sent to the internet" },
  secretReads: { usd: 0.05, per: 1e4, unit: "Secrets Manager requests" },
} as const satisfies Record<string, Price>;

/** Monthly prices of resources that exist, whether or not somebody uses them. A GB has 10⁹ bytes. */
export const monthlyPrices = {
  key: { usd: 1, per: 1, unit: "KMS keys" },
  keyRequests: { usd: 0.03, per: 1e4, unit: "KMS requests" },
  secret: { usd: 0.4, per: 1, unit: "secrets" },
  metric: { usd: 0.3, per: 1, unit: "CloudWatch custom metrics" },
  alarmMetric: { usd: 0.1, per: 1, unit: "metrics that alarms watch" },
  dashboard: { usd: 3, per: 1, unit: "CloudWatch dashboards" },
  tableGb: { usd: 0.306, per: 1, unit: "GB in the table" },
  backupGb: { usd: 0.2448, per: 1, unit: "GB of point-in-time recovery" },
  logGb: { usd: 0.0324, per: 1, unit: "GB of logs kept" },
  webAcl: { usd: 5, per: 1, unit: "WAF web ACLs" },
  webAclRule: { usd: 1, per: 1, unit: "WAF rules" },
} as const satisfies Record<string, Price>;

/** The prices of what a deployer can switch on, by use. */
export const optionPrices = {
  webAclRequests: { usd: 0.6, per: 1e6, unit: "WAF requests" },
  traces: { usd: 5, per: 1e6, unit: "X-Ray traces recorded" },
} as const satisfies Record<string, Price>;

/** The cost of an amount in US dollars. */
export const costOf = (amount: number, { usd, per }: Price): number => (amount * usd) / per;
