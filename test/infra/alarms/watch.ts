import { computedBy, type Alarm } from "../rules/watched.ts";
import { isRaised, rangeOf, type Watching } from "./alarm-state.ts";
import { readFormula, type Formula, type Value } from "./metric-math.ts";
import type { Minutes } from "./minutes.ts";

/** Every metric by its name in one line, as `watched` writes it. */
export type Measured = (metric: string) => Minutes;

/** A metric is there a minute after it was measured. */
const delayMinutes = 1;

/**
 * Returns the minutes in which the alarm is raised, where it was not the minute before. CloudWatch evaluates an alarm
 * each minute, over periods that end then [Amazon CloudWatch User Guide, "Alarm evaluation"].
 */
export const raisedIn = (
  alarm: Alarm,
  measured: Measured,
  from: number,
  to: number,
): readonly number[] => {
  const watching = watchingOf(alarm);
  const { minutes, valueUpTo } = seriesOf(alarm, measured);
  const values = new Map<number, Value>();
  const valueAt = (end: number) => {
    if (!values.has(end)) values.set(end, valueUpTo(end));
    return values.get(end);
  };
  const raised: number[] = [];
  let was = false;
  for (let now = from; now < to; now += 1) {
    const is = isRaised(watching, (n) => valueAt(now - delayMinutes - n * minutes));
    if (is && !was) raised.push(now);
    was = is;
    // Nothing looks at it any more.
    values.delete(now - delayMinutes - rangeOf(watching) * minutes);
  }
  return raised;
};

const watchingOf = (alarm: Alarm): Watching => {
  const { EvaluationPeriods: periods, Threshold: threshold, TreatMissingData: missing } = alarm;
  if (missing !== "notBreaching" && missing !== "breaching") {
    throw new Error(`Missing data as ${missing}.`);
  }
  return {
    periods,
    datapoints: alarm.DatapointsToAlarm ?? periods,
    breaches:
      alarm.ComparisonOperator === "LessThanThreshold"
        ? (value) => value < threshold
        : (value) => value >= threshold,
    missing,
  };
};

const seriesOf = (alarm: Alarm, measured: Measured) => {
  const { expression, expressions, inputs } = computedBy(alarm);
  const formulas = new Map<string, Formula>(
    [...expressions].map(([id, text]) => [id, readFormula(text)]),
  );
  const [seconds, ...others] = new Set([...inputs.values()].map(({ period }) => period));
  if (seconds === undefined || others.length > 0) throw new Error("An alarm has one period.");
  const minutes = seconds / 60;
  const sources = new Map(
    [...inputs].map(([id, { metric, stat }]) => [id, { of: measured(metric), stat }]),
  );
  const whole = readFormula(expression);
  const valueUpTo = (end: number): Value => {
    const read = (id: string): Value => {
      const inner = formulas.get(id);
      if (inner) return inner(read);
      const source = sources.get(id);
      if (!source) throw new Error(`The alarm has no ${id}.`);
      return source.of.statistic(source.stat, end - minutes, end);
    };
    return end <= 0 ? undefined : whole(read);
  };
  return { minutes, valueUpTo };
};
