import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Operated } from "./operated.ts";
import { phoneConversion, sendCost, serviceMetrics } from "./service-metrics.ts";

type AlarmOf = {
  /** The name of its runbook: `docs/runbooks/<name>.md`, without the number at the end of a name. */
  readonly name: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** How many periods in a row must breach the threshold. */
  readonly periods?: number;
};

export type AlarmsProps = Operated & {
  /** The topic that gets the alarms; if not given, they show only in the console. */
  readonly topic?: ITopic | undefined;
  /** The budget of all calls and SMS in US dollars a day, see `limits.sends.money`. */
  readonly moneyPerDay: number;
};

/** The alarms that should wake somebody, each with its runbook. There is no alarm for what is merely interesting. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { topic, ...props }: AlarmsProps) {
    super(scope, id);
    this.all = [
      ...attacks(this),
      ...spending(this, props.moneyPerDay),
      ...delivery(this, props),
      ...faults(this, props),
    ].map((one) => this.make(one, topic));
  }

  private make({ name, says, metric, threshold, ...how }: AlarmOf, topic?: ITopic): Alarm {
    const alarm = new Alarm(this, name, {
      alarmDescription: `${says} Runbook: docs/runbooks/${name.replace(/-\d+$/, "")}.md`,
      metric,
      threshold,
      comparisonOperator: how.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: how.periods ?? 1,
      // No data is no alarm: a quiet night sends no metrics.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topic) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  }
}

const attacks = (scope: Construct): AlarmOf[] => {
  const { metric, sum } = serviceMetrics(scope);
  return [
    {
      name: "brute-force",
      says: "Many wrong passwords or codes within five minutes.",
      metric: sum("Wrong passwords and codes", {
        wrong: metric("PasswordTried", { outcome: "wrong" }),
        paused: metric("PasswordTried", { outcome: "paused" }),
        six: metric("WrongCode", { method: "six_digits" }),
        call: metric("WrongCode", { method: "call" }),
        recovery: metric("WrongCode", { method: "recovery_code" }),
      }),
      threshold: 500,
    },
    {
      name: "phone-conversion",
      says: "Under 30 % of those who asked for a call in the last hour signed in by phone: calls do not arrive, or somebody pumps them.",
      metric: phoneConversion(serviceMetrics(scope, Duration.hours(1))),
      threshold: 30,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    },
  ];
};

const spending = (scope: Construct, moneyPerDay: number): AlarmOf[] =>
  [50, 80, 100].map((share) => ({
    name: `spend-${share}`,
    says: `Calls and SMS of the last 24 h cost ${share} % of what a day may.`,
    metric: sendCost(serviceMetrics(scope, Duration.days(1))),
    // The budget refuses sends before the last cent, so the recorded cost stays a little below 100 %.
    threshold: (moneyPerDay * Math.min(share, 99)) / 100,
  }));

const delivery = (scope: Construct, { telegramQueue }: Operated): AlarmOf[] => {
  const { metric } = serviceMetrics(scope);
  const minute = Duration.minutes(1);
  return [
    {
      name: "telegram-late",
      says: "A sign-in was asked in Telegram more than a minute late.",
      metric: metric("TelegramWait", {}, Stats.MAXIMUM),
      threshold: 60,
    },
    {
      name: "telegram-stuck",
      says: "For three minutes nobody has taken the jobs of the Telegram queue.",
      metric: telegramQueue.queue.metricApproximateNumberOfMessagesVisible({
        period: minute,
        statistic: Stats.MINIMUM,
      }),
      threshold: 1,
      periods: 3,
    },
    {
      name: "dead-letters",
      says: "A job of the Telegram queue was given up.",
      metric: telegramQueue.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: minute,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    },
    {
      name: "bot-token",
      says: "Telegram does not know the bot's token: it was revoked, or another one was put into the secret.",
      metric: metric("TelegramTokenRefused"),
      threshold: 1,
    },
    {
      name: "carrier-down",
      says: "Carriers failed five times within five minutes.",
      metric: metric("CarrierFailed"),
      threshold: 5,
    },
  ];
};

const faults = (scope: Construct, { api, fallback, background }: Operated): AlarmOf[] => {
  const { metric, sum, period } = serviceMetrics(scope);
  // The API's 5xx include the faults of HTTP functions. An alarm takes ten metrics, not seventeen.
  const failed = Object.fromEntries(
    background.map((each, n) => [`f${n}`, each.metricErrors({ period })]),
  );
  return [
    {
      name: "webhook-errors",
      says: "Telegram's updates are answered with faults: taps do not arrive.",
      metric: metric("Fault", { route: "POST /v1/telegram/webhook" }),
      threshold: 3,
    },
    {
      name: "api-faults",
      says: "The API answers with 5xx.",
      metric: api.faults(period),
      threshold: 10,
    },
    {
      name: "function-errors",
      says: "Functions behind the queue and the fallback end in errors: out of time or memory, or broken.",
      metric: sum("Errors of functions in the background", failed),
      threshold: 5,
    },
    {
      name: "throttles",
      says: "Lambda refuses to run functions: the account's concurrency, or a function's own, is used up.",
      // The metric of the whole account: its functions share one concurrency.
      metric: new Metric({
        namespace: "AWS/Lambda",
        metricName: "Throttles",
        statistic: Stats.SUM,
        period,
      }),
      threshold: 1,
    },
    {
      name: "executions",
      says: "Executions of the fallback fail or run out of time: calls and SMS may not follow each other.",
      metric: sum("Failed executions", {
        failed: fallback.metric("ExecutionsFailed", period),
        timedOut: fallback.metric("ExecutionsTimedOut", period),
        aborted: fallback.metric("ExecutionsAborted", period),
      }),
      threshold: 3,
    },
    {
      name: "activity-lost",
      says: "Entries of recent activity were not told on the event bus.",
      metric: metric("ActivityLost"),
      threshold: 1,
    },
    {
      name: "secret-not-refreshed",
      says: "Functions cannot read a secret anew: what runs goes on, what starts fails.",
      // After a failure, each function in use tries again every ten seconds. One slow answer of Secrets Manager must
      // not wake anybody.
      metric: serviceMetrics(scope, Duration.hours(1)).metric("SecretNotRefreshed"),
      threshold: 3,
    },
  ];
};
