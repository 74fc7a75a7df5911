import { Duration } from "aws-cdk-lib";
import type { ComparisonOperator, IMetric } from "aws-cdk-lib/aws-cloudwatch";

export type AlarmOf = {
  readonly name: string;
  /** The page in `docs/runbooks`; the alarm's name if not given. */
  readonly runbook?: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** How many of the last periods the alarm looks at; one if not given. */
  readonly periods?: number;
  /** How many of those must breach the threshold; all if not given. */
  readonly datapoints?: number;
  /** Whether a period without data breaches the threshold; false if not given. */
  readonly missingBreaches?: boolean;
};

/** The period of the metrics of `outage`. CloudWatch evaluates an alarm each minute, over periods that end then. */
export const outagePeriod = Duration.minutes(2);

/**
 * When a share of failures is an outage: 40 % in three of the thirty periods of an hour.
 *
 * A share means the same for fifty people and for a million. The three periods are the floor: where few people come,
 * each period has one of them, and the third failure within an hour raises the alarm. Where many come, three periods
 * are six minutes. Single failures, of which a deployment of any size has a few a day, do not meet three times within
 * an hour. `test/infra/alarms` computes both.
 */
export const outage = { threshold: 0.4, datapoints: 3, periods: 30 } as const;
