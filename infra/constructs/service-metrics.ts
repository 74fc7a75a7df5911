import { Duration, Stack } from "aws-cdk-lib";
import { MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";

/** Makes metrics of what the functions measure (`lib/log/measure.ts`), in the namespace that is the stack's name. */
export const serviceMetrics = (scope: Construct, period: Duration = Duration.minutes(5)) => {
  const namespace = Stack.of(scope).stackName;
  const service = { service: "twostep" };
  const metric = (
    metricName: string,
    dimensions: Readonly<Record<string, string>> = {},
    statistic: string = Stats.SUM,
  ) =>
    new Metric({
      namespace,
      metricName,
      dimensionsMap: { ...service, ...dimensions },
      statistic,
      period,
    });
  /** The share that fails, from 0 to 1, of what `failure` measures. */
  const share = (metricName: string, dimensions: Readonly<Record<string, string>> = {}) =>
    metric(metricName, dimensions, Stats.AVERAGE);
  /** All values of the dimensions, each as a line. Dashboards may search, alarms may not. */
  const each = (metricName: string, dimensions: readonly string[], label: string, stat = "Sum") =>
    new MathExpression({
      expression: `SEARCH('{"${namespace}",service,${dimensions.join(",")}} MetricName="${metricName}"', '${stat}', ${period.toSeconds()})`,
      label,
      period,
    });
  const sum = (label: string, metrics: Readonly<Record<string, IMetric>>) =>
    new MathExpression({
      expression: Object.keys(metrics)
        .map((name) => `FILL(${name}, 0)`)
        .join(" + "),
      usingMetrics: metrics,
      label,
      period,
    });
  return { metric, share, each, sum, period };
};

export type ServiceMetrics = ReturnType<typeof serviceMetrics>;

/** The cost of all calls and messages, in US dollars. */
export const sendCost = ({ metric }: ServiceMetrics) => metric("SendCost");

/**
 * The share of challenges with a fallback that were completed by a call or an SMS, in per cent. Below 20 started
 * fallbacks it counts as 100.
 */
export const phoneConversion = ({ metric, period }: ServiceMetrics) =>
  new MathExpression({
    expression: "IF(started >= 20, 100 * (FILL(calls, 0) + FILL(sms, 0)) / started, 100)",
    usingMetrics: {
      started: metric("FallbackStarted"),
      calls: metric("ChallengeEnded", { outcome: "completed", method: "call" }),
      sms: metric("ChallengeEnded", { outcome: "completed", method: "sms" }),
    },
    label: "Sign-ins completed by phone, %",
    period,
  });
