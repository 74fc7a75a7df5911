import { defaultLimits } from "../../../lib/settings/limits.ts";
import type { Deployed } from "../deployed.ts";
import { monthSeconds } from "./month.ts";
import type { Usage } from "./usage.ts";

/** A limit on usage in a second. */
export type Quota = {
  readonly name: string;
  /** The limit in words. */
  readonly limit: string;
  readonly perSecond: number;
  /** How much of the quota a usage takes. `usd` is the cost of its calls and SMS. */
  readonly taken: (of: Usage, usd: { readonly sends: number; readonly sms: number }) => number;
  /** Who lifts it. `use` means that the limit grows with usage. */
  readonly lifted: "AWS" | "you" | "use" | "nobody";
};

/** The most connections that the service allows Telegram for the webhook (`lib/telegram/set-up-bot.ts`). */
const webhookConnections = 40;

const { sends } = defaultLimits;
const usdADay = (micro: number) => micro / 1e6 / 86_400;

/**
 * AWS's defaults in eu-central-1 as best known in November 2026 (Service Quotas shows your own), Telegram's published
 * limits, and this service's own limits.
 */
export const quotas = ({ stageRate }: Pick<Deployed, "stageRate">): readonly Quota[] => [
  {
    name: "HTTP API: throttle of this stack's stage",
    limit: `${stageRate} requests/s`,
    perSecond: stageRate,
    taken: ({ httpRequests }) => httpRequests,
    lifted: "you",
  },
  {
    name: "HTTP API: account in a region",
    limit: "10,000 requests/s",
    perSecond: 10_000,
    taken: ({ httpRequests }) => httpRequests,
    lifted: "AWS",
  },
  {
    name: "Lambda: concurrency of a new account",
    limit: "10 at once",
    perSecond: 10,
    taken: ({ lambdaSeconds }) => lambdaSeconds,
    lifted: "AWS",
  },
  {
    name: "Lambda: concurrency",
    limit: "1,000 at once",
    perSecond: 1000,
    taken: ({ lambdaSeconds }) => lambdaSeconds,
    lifted: "AWS",
  },
  {
    name: "DynamoDB: writes of a new on-demand table",
    limit: "4,000 units/s",
    perSecond: 4000,
    taken: ({ writeUnits }) => writeUnits,
    lifted: "use",
  },
  {
    name: "DynamoDB: reads of a new on-demand table",
    limit: "12,000 units/s",
    perSecond: 12_000,
    taken: ({ readUnits }) => readUnits,
    lifted: "use",
  },
  {
    name: "DynamoDB: writes of a table",
    limit: "40,000 units/s",
    perSecond: 40_000,
    taken: ({ writeUnits }) => writeUnits,
    lifted: "AWS",
  },
  {
    name: "DynamoDB: reads of a table",
    limit: "40,000 units/s",
    perSecond: 40_000,
    taken: ({ readUnits }) => readUnits,
    lifted: "AWS",
  },
  {
    name: "DynamoDB: one item, the service's money for calls and SMS",
    limit: "1,000 write units/s",
    perSecond: 1000,
    taken: ({ calls, sms }) => calls + sms,
    lifted: "nobody",
  },
  {
    name: "Step Functions: StartExecution",
    limit: "800, then 150/s",
    perSecond: 150,
    taken: ({ startExecutions }) => startExecutions,
    lifted: "AWS",
  },
  {
    name: "Step Functions: SendTaskSuccess and SendTaskFailure",
    limit: "1,500, then 300/s each",
    perSecond: 300,
    taken: ({ taskAnswers }) => taskAnswers,
    lifted: "AWS",
  },
  {
    name: "Step Functions: state transitions",
    limit: "800, then 500/s",
    perSecond: 500,
    taken: ({ transitions }) => transitions,
    lifted: "AWS",
  },
  {
    name: "EventBridge: PutEvents",
    limit: "2,400 requests/s",
    perSecond: 2400,
    taken: ({ putEvents }) => putEvents,
    lifted: "AWS",
  },
  {
    name: "Secrets Manager: GetSecretValue",
    limit: "10,000 requests/s",
    perSecond: 10_000,
    taken: ({ secretReads }) => secretReads,
    lifted: "nobody",
  },
  {
    name: "SNS: SMS",
    limit: "20/s",
    perSecond: 20,
    taken: ({ sms }) => sms,
    lifted: "AWS",
  },
  {
    name: "SNS: spending on SMS, as a new account has it",
    limit: "1 USD a month",
    perSecond: 1 / monthSeconds,
    taken: (_, usd) => usd.sms,
    lifted: "AWS",
  },
  {
    name: "this service: money for calls and SMS, a country",
    limit: `${sends.moneyPerCountry / 1e6} USD a day`,
    perSecond: usdADay(sends.moneyPerCountry),
    taken: (_, usd) => usd.sends,
    lifted: "you",
  },
  {
    name: "this service: money for calls and SMS, all countries",
    limit: `${sends.money / 1e6} USD a day`,
    perSecond: usdADay(sends.money),
    taken: (_, usd) => usd.sends,
    lifted: "you",
  },
  {
    name: "Telegram: messages of a bot",
    limit: "about 30/s",
    perSecond: 30,
    taken: ({ telegramMessages }) => telegramMessages,
    lifted: "nobody",
  },
  {
    name: "Telegram: webhook requests at once",
    limit: `${webhookConnections} at once`,
    perSecond: webhookConnections,
    taken: ({ webhookSeconds }) => webhookSeconds,
    lifted: "you",
  },
];

/** The rate in a second that meets a quota; Infinity if the usage does not touch the quota. */
export const rateAt = (quota: Quota, of: Usage, usd: { sends: number; sms: number }): number => {
  const taken = quota.taken(of, usd);
  return taken > 0 ? quota.perSecond / taken : Infinity;
};
