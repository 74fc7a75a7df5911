import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Operated } from "../operated.ts";
import { phoneConversion, sendCost, serviceMetrics } from "../service-metrics.ts";
import { outage, outagePeriod, type AlarmOf } from "./alarm-of.ts";

export type PhoneAlarmsProps = Pick<Operated, "carriers"> & { readonly moneyPerDay: number };

/** Calls and SMS: who takes them, whether they arrive, what they cost. */
export const phoneAlarms = (
  scope: Construct,
  { carriers, moneyPerDay }: PhoneAlarmsProps,
): AlarmOf[] => {
  const { share } = serviceMetrics(scope, outagePeriod);
  return [
    {
      name: "phone-conversion",
      says: "Under 30 % of those who requested a call in the last hour signed in by phone: calls do not arrive, or somebody pumps them.",
      metric: phoneConversion(serviceMetrics(scope, Duration.hours(1))),
      threshold: 30,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    },
    ...carriers.map((carrier) => ({
      name: `carrier-down-${carrier}`,
      runbook: "carrier-down",
      says: `The carrier ${carrier} does not take calls: it refuses them for reasons of its own, or does not answer.`,
      metric: share("CarrierFailed", { carrier }),
      ...outage,
    })),
    {
      name: "sms-refused",
      says: "SMS are not taken: refused for reasons that are not the number's, or without an answer.",
      metric: share("SmsFailed"),
      ...outage,
    },
    ...undelivered(scope),
    ...[50, 80, 100].map((percent) => ({
      name: `spend-${percent}`,
      runbook: "spend",
      says: `Calls and SMS of the last 24 h cost ${percent} % of what a day may.`,
      metric: sendCost(serviceMetrics(scope, Duration.days(1))),
      // The budget refuses sends before the last cent, so the recorded cost stays a little below 100 %.
      threshold: (moneyPerDay * Math.min(percent, 99)) / 100,
    })),
  ];
};

const twiceIn20Minutes = { threshold: 0.4, datapoints: 2, periods: 5 };

/**
 * Calls and SMS that were taken and did not arrive. One in twenty never does: a phone is off. So these alarms have a
 * higher floor than `outage`: four in four minutes, and that twice.
 */
const undelivered = (scope: Construct): AlarmOf[] => {
  const period = Duration.minutes(4);
  const { metric } = serviceMetrics(scope, period);
  const shareOf = (label: string, failed: IMetric, taken: IMetric) =>
    new MathExpression({
      expression: "IF(failed >= 4, failed / taken, 0)",
      usingMetrics: { failed, taken },
      label,
      period,
    });
  return [
    {
      name: "calls-undelivered",
      runbook: "undelivered",
      says: "Carriers take calls, and over 40 % do not arrive.",
      metric: shareOf(
        "Share of undelivered calls",
        metric("CallUndelivered"),
        metric("CallUndelivered", {}, Stats.SAMPLE_COUNT),
      ),
      ...twiceIn20Minutes,
    },
    {
      name: "sms-undelivered",
      runbook: "undelivered",
      says: "SNS takes SMS, and over 40 % do not arrive.",
      metric: shareOf(
        "Share of undelivered SMS",
        // SNS tells only CloudWatch of an SMS that did not arrive, over the whole account.
        new Metric({
          namespace: "AWS/SNS",
          metricName: "NumberOfNotificationsFailed",
          dimensionsMap: { PhoneNumber: "PhoneNumberDirect" },
          statistic: Stats.SUM,
          period,
        }),
        metric("SmsFailed", {}, Stats.SAMPLE_COUNT),
      ),
      ...twiceIn20Minutes,
    },
  ];
};
