import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Operated } from "../operated.ts";
import type { AlarmOf } from "./alarm-of.ts";
import { attackAlarms } from "./attack-alarms.ts";
import { phoneAlarms } from "./phone-alarms.ts";
import { serviceAlarms } from "./service-alarms.ts";
import { telegramAlarms } from "./telegram-alarms.ts";

export type AlarmsProps = Operated & {
  /** The topic that gets the alarms; if not given, they show only in the console. */
  readonly topic?: ITopic | undefined;
  /** The budget of all calls and SMS in US dollars a day, see `limits.sends.money`. */
  readonly moneyPerDay: number;
};

/**
 * The alarms that should wake somebody, each with its runbook. There is no alarm for what is merely interesting. AWS
 * bills each metric of each alarm, so an alarm has as few as it can.
 */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { topic, ...props }: AlarmsProps) {
    super(scope, id);
    this.all = [
      ...attackAlarms(this),
      ...phoneAlarms(this, props),
      ...telegramAlarms(this, props),
      ...serviceAlarms(this, props),
    ].map((one) => this.make(one, topic));
  }

  private make({ name, runbook, says, ...of }: AlarmOf, topic?: ITopic): Alarm {
    const alarm = new Alarm(this, name, {
      alarmDescription: `${says} Runbook: docs/runbooks/${runbook ?? name}.md`,
      metric: of.metric,
      threshold: of.threshold,
      comparisonOperator: of.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: of.periods ?? 1,
      ...(of.datapoints === undefined ? {} : { datapointsToAlarm: of.datapoints }),
      // No data is no alarm where metrics come from people: a quiet night sends none.
      treatMissingData: of.missingBreaches
        ? TreatMissingData.BREACHING
        : TreatMissingData.NOT_BREACHING,
    });
    if (topic) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  }
}
