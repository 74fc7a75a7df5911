import * as z from "zod";

const Metric = z.strictObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
});
type Metric = z.infer<typeof Metric>;

const Calculated = <Returned extends boolean>(returned: Returned) =>
  z.strictObject({
    Id: z.string(),
    Expression: z.string(),
    Label: z.string(),
    ReturnData: z.literal(returned),
  });

const Measured = z.strictObject({
  Id: z.string(),
  MetricStat: z.strictObject({ Metric, Period: z.number(), Stat: z.string() }),
  ReturnData: z.literal(false),
});

const Common = z.strictObject({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()).default([]),
  OKActions: z.array(z.string()).default([]),
  ComparisonOperator: z.enum(["GreaterThanOrEqualToThreshold", "LessThanThreshold"]),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
});

/** An alarm as the template describes it, in readable form. Strict: what is not read here cannot hide in it. */
export const Alarm = z.union([
  Common.extend({ ...Metric.shape, Period: z.number(), Statistic: z.string() }),
  Common.extend({ ...Metric.shape, Period: z.number(), ExtendedStatistic: z.string() }),
  Common.extend({
    Metrics: z.tuple([Calculated(true)], z.union([Calculated(false), Measured])),
  }),
]);
export type Alarm = z.infer<typeof Alarm>;

/** A metric that an alarm reads: its name in one line, over what time, and how it is put together. */
type Input = { readonly metric: string; readonly stat: string; readonly period: number };

/** What an alarm computes: the expression by its id, the expressions within it, and the metrics. */
export type Computed = {
  readonly expression: string;
  readonly expressions: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, Input>;
};

export const computedBy = (alarm: Alarm): Computed => {
  if (!("Metrics" in alarm)) {
    const stat = "Statistic" in alarm ? alarm.Statistic : alarm.ExtendedStatistic;
    const input = { metric: nameOf(alarm), stat, period: alarm.Period };
    return { expression: "m", expressions: new Map(), inputs: new Map([["m", input]]) };
  }
  const [{ Expression }, ...parts] = alarm.Metrics;
  return {
    expression: Expression,
    expressions: new Map(
      parts.flatMap((part) => ("Expression" in part ? [[part.Id, part.Expression]] : [])),
    ),
    inputs: new Map(
      parts.flatMap((part) => {
        if (!("MetricStat" in part)) return [];
        const { Metric: metric, Stat, Period } = part.MetricStat;
        return [[part.Id, { metric: nameOf(metric), stat: Stat, period: Period }]];
      }),
    ),
  };
};

/**
 * What it takes to wake somebody: the condition, then what it is about, a line each.
 *
 * `Sum of Twostep Fault (route=POST /v1/time, service=twostep) in 300 s >= 3`
 */
export const watched = (alarm: Alarm): readonly string[] => {
  const sign = alarm.ComparisonOperator === "LessThanThreshold" ? "<" : ">=";
  const condition = `${sign} ${alarm.Threshold}${howOften(alarm)}`;
  const { expression, expressions, inputs } = computedBy(alarm);
  const lines = [...inputs].map(([id, input]) => [id, measured(input)] as const);
  return "Metrics" in alarm
    ? [
        `${expression} ${condition}`,
        ...[...expressions, ...lines].map(([id, text]) => `${id}: ${text}`),
      ]
    : lines.map(([, text]) => `${text} ${condition}`);
};

const howOften = ({ EvaluationPeriods: periods, DatapointsToAlarm: datapoints }: Alarm) => {
  if (datapoints !== undefined) return ` in ${datapoints} of ${periods}`;
  return periods === 1 ? "" : ` ${periods} times in a row`;
};

/** What it listens to. */
export const metricsOf = (alarm: Alarm): readonly Metric[] =>
  "Metrics" in alarm
    ? alarm.Metrics.flatMap((part) => ("MetricStat" in part ? [part.MetricStat.Metric] : []))
    : [alarm];

const measured = ({ metric, stat, period }: Input) => `${stat} of ${metric} in ${period} s`;

const nameOf = ({ Namespace, MetricName, Dimensions }: Metric) => {
  const of = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(", ");
  return `${Namespace} ${MetricName}${of ? ` (${of})` : ""}`;
};
