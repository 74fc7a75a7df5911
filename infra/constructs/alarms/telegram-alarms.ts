import { Duration } from "aws-cdk-lib";
import { MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Operated } from "../operated.ts";
import { serviceMetrics } from "../service-metrics.ts";
import { outage, outagePeriod, type AlarmOf } from "./alarm-of.ts";

/** Prompts and answers in Telegram. */
export const telegramAlarms = (
  scope: Construct,
  { telegramQueue: { queue, deadLetters } }: Pick<Operated, "telegramQueue">,
): AlarmOf[] => {
  const { metric, share } = serviceMetrics(scope, outagePeriod);
  const period = Duration.minutes(1);
  return [
    {
      name: "telegram-failed",
      says: "Prompts do not go out: Telegram refuses them or does not answer, or a fault of ours stops them.",
      metric: share("TelegramFailed"),
      ...outage,
    },
    {
      name: "telegram-late",
      says: "Half of the prompts go out more than a minute late.",
      metric: metric("TelegramWait", {}, "p50"),
      ...outage,
      threshold: 60,
    },
    {
      name: "telegram-stuck",
      says: "For three minutes nothing has taken the jobs that wait in the Telegram queue.",
      metric: new MathExpression({
        expression: "IF(FILL(taken, 0) == 0, waiting, 0)",
        usingMetrics: {
          taken: queue.metricNumberOfMessagesReceived({ period, statistic: Stats.SUM }),
          waiting: queue.metricApproximateNumberOfMessagesVisible({
            period,
            statistic: Stats.MINIMUM,
          }),
        },
        label: "Jobs that wait while none is taken",
        period,
      }),
      threshold: 1,
      periods: 3,
    },
    {
      name: "dead-letters",
      says: "A job of the Telegram queue was given up.",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    },
    {
      name: "bot-token",
      says: "Telegram does not know the bot's token: it was revoked, or another one was put into the secret.",
      metric: serviceMetrics(scope).metric("TelegramTokenRefused"),
      threshold: 1,
    },
    {
      name: "webhook-errors",
      says: "Telegram's updates are answered with faults: taps do not arrive.",
      metric: share("SignInFault", { step: "telegram_answer" }),
      ...outage,
    },
  ];
};
