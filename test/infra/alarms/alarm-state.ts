import type { Value } from "./metric-math.ts";

export type Watching = {
  /** How many of the last periods count, and how many of them must breach. */
  readonly periods: number;
  readonly datapoints: number;
  readonly breaches: (value: number) => boolean;
  readonly missing: "breaching" | "notBreaching";
};

/** CloudWatch reads a few periods more than it needs, to find real values where some are missing. */
const spare = 2;

/** How many periods CloudWatch looks at. */
export const rangeOf = ({ periods }: Pick<Watching, "periods">): number => periods + spare;

/**
 * Whether an alarm is raised.
 *
 * If the range has enough real values, only the newest of them count, however old. Otherwise all real values of the range
 * count, and the periods that lack one count as the alarm says [Amazon CloudWatch User Guide, "Configuring how CloudWatch
 * alarms treat missing data"].
 *
 * @param valueAgo the value of the newest period (0), of the one before it (1), and so on.
 */
export const isRaised = (watching: Watching, valueAgo: (n: number) => Value): boolean => {
  const { periods, datapoints, breaches, missing } = watching;
  let [real, breaching] = [0, 0];
  for (let n = 0; n < rangeOf(watching) && real < periods; n += 1) {
    const value = valueAgo(n);
    if (value === undefined) continue;
    real += 1;
    if (breaches(value)) breaching += 1;
  }
  if (missing === "breaching") breaching += periods - real;
  return breaching >= datapoints;
};
