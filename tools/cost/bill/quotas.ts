import { monthSeconds } from "./month.ts";
import { ownQuotas, type OwnLimits } from "./own-quotas.ts";
import type { Quota } from "./quota.ts";

/**
 * AWS's defaults in eu-central-1 as best known in November 2026 (Service Quotas shows your own), Telegram's published
 * limits, and this service's own limits.
 */
export const quotas = (deployed: OwnLimits): readonly Quota[] => [
  ...ownQuotas(deployed),
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
    name: "Lambda: concurrency that is not reserved",
    limit: `${unreserved(deployed)} at once`,
    perSecond: unreserved(deployed),
    taken: ({ secondsIn }) =>
      Object.entries(secondsIn)
        .filter(([name]) => !(name in deployed.reserved))
        .reduce((sum, [, seconds]) => sum + seconds, 0),
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
    name: "Telegram: messages of a bot",
    limit: "about 30/s",
    perSecond: 30,
    taken: ({ telegramMessages }) => telegramMessages,
    lifted: "nobody",
  },
];

/** AWS gives 1,000 on request; what functions reserve is not there for the others. */
const unreserved = ({ reserved }: OwnLimits): number =>
  1000 - Object.values(reserved).reduce((sum, size) => sum + size, 0);
