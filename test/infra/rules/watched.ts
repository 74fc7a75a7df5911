import * as z from "zod";

const Metric = z.strictObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
});
type Metric = z.infer<typeof Metric>;

const Calculated = z.strictObject({
  Id: z.string(),
  Expression: z.string(),
  Label: z.string(),
  ReturnData: z.literal(true),
});

const Part = z.strictObject({
  Id: z.string(),
  MetricStat: z.strictObject({ Metric, Period: z.number(), Stat: z.string() }),
  ReturnData: z.literal(false),
});

const Common = z.strictObject({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  OKActions: z.array(z.string()),
  ComparisonOperator: z.enum(["GreaterThanOrEqualToThreshold", "LessThanThreshold"]),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
});

/** An alarm as the template describes it, in readable form. Strict: what is not read here cannot hide in it. */
export const Alarm = z.union([
  Common.extend({ ...Metric.shape, Period: z.number(), Statistic: z.string() }),
  Common.extend({ Metrics: z.tuple([Calculated], Part) }),
]);
export type Alarm = z.infer<typeof Alarm>;

/**
 * What it takes to wake somebody: the condition, then what it is about, a line each.
 *
 * `Sum of Twostep Fault (route=POST /v1/time, service=twostep) in 300 s >= 3`
 */
export const watched = (alarm: Alarm): readonly string[] => {
  const sign = alarm.ComparisonOperator === "LessThanThreshold" ? "<" : ">=";
  const times = alarm.EvaluationPeriods === 1 ? "" : ` ${alarm.EvaluationPeriods} times in a row`;
  const condition = `${sign} ${alarm.Threshold}${times}`;
  if (!("Metrics" in alarm)) {
    return [`${measured(alarm, alarm.Statistic, alarm.Period)} ${condition}`];
  }
  const [{ Expression }, ...parts] = alarm.Metrics;
  return [
    `${Expression} ${condition}`,
    ...parts.map(
      ({ Id, MetricStat: { Metric: metric, Period, Stat } }) =>
        `${Id}: ${measured(metric, Stat, Period)}`,
    ),
  ];
};

/** What it listens to. */
export const metricsOf = (alarm: Alarm): readonly Metric[] =>
  "Metrics" in alarm
    ? alarm.Metrics.slice(1).map((part) => Part.parse(part).MetricStat.Metric)
    : [alarm];

const measured = ({ Namespace, MetricName, Dimensions }: Metric, stat: string, period: number) => {
  const of = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(", ");
  return `${stat} of ${Namespace} ${MetricName}${of ? ` (${of})` : ""} in ${period} s`;
};
