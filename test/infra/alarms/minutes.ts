import type { Value } from "./metric-math.ts";

/**
 * What was measured of one metric, by the minute. Statistics over any stretch of minutes come from running sums, so that
 * a month is computed in a second.
 */
export type Minutes = {
  readonly add: (minute: number, sum: number, count: number) => void;
  /** A percentile or an extreme of a minute, where sums do not tell it. */
  readonly note: (minute: number, value: number) => void;
  readonly statistic: (stat: string, from: number, to: number) => Value;
};

export const minutesOf = (length: number): Minutes => {
  const [sums, counts] = [new Float64Array(length + 1), new Float64Array(length + 1)];
  const noted = new Map<number, number[]>();
  let summedTo = 0;
  /** Minutes are added in order; what is before `summedTo` is a running sum already. */
  const between = (running: Float64Array, from: number, to: number) =>
    (running[to] ?? 0) - (running[Math.max(0, from)] ?? 0);
  const sumUpTo = (minute: number) => {
    for (; summedTo < minute; summedTo += 1) {
      sums[summedTo + 1] = (sums[summedTo + 1] ?? 0) + (sums[summedTo] ?? 0);
      counts[summedTo + 1] = (counts[summedTo + 1] ?? 0) + (counts[summedTo] ?? 0);
    }
  };
  return {
    add(minute, sum, count) {
      sumUpTo(minute);
      sums[minute + 1] = (sums[minute + 1] ?? 0) + sum;
      counts[minute + 1] = (counts[minute + 1] ?? 0) + count;
    },
    note(minute, value) {
      noted.set(minute, [...(noted.get(minute) ?? []), value]);
    },
    statistic(stat, from, to) {
      sumUpTo(Math.min(to, length));
      if (stat === "Sum" || stat === "SampleCount" || stat === "Average") {
        const count = between(counts, from, to);
        if (count === 0) return undefined;
        if (stat === "SampleCount") return count;
        const sum = between(sums, from, to);
        return stat === "Sum" ? sum : sum / count;
      }
      const values: number[] = [];
      for (let minute = Math.max(0, from); minute < to; minute += 1) {
        values.push(...(noted.get(minute) ?? []));
      }
      return ofValues(stat, values);
    },
  };
};

const ofValues = (stat: string, values: number[]): Value => {
  if (values.length === 0) return undefined;
  const sorted = values.sort((a, b) => a - b);
  if (stat === "Minimum") return sorted[0];
  if (stat === "Maximum") return sorted.at(-1);
  const percent = /^p(\d+)$/.exec(stat)?.[1];
  if (percent === undefined) throw new Error(`The statistic ${stat} is not known.`);
  return sorted[Math.ceil((Number(percent) / 100) * sorted.length) - 1];
};
