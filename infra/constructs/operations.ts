import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Alarms } from "./alarms/alarms.ts";
import { ServiceDashboard } from "./dashboard.ts";
import type { Operated } from "./operated.ts";

export type OperationsProps = Operated & {
  /** The SNS topic that gets the alarms; if not given or "none", they show only in the console. */
  readonly alarmTopicArn: string | undefined;
  readonly moneyPerDay: number;
};

/** The dashboard for an operator, and the alarms that wake them. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, { alarmTopicArn, ...props }: OperationsProps) {
    super(scope, id);
    const topic =
      alarmTopicArn === undefined || alarmTopicArn === "none"
        ? undefined
        : Topic.fromTopicArn(this, "AlarmTopic", alarmTopicArn);
    const alarms = new Alarms(this, "Alarms", { ...props, topic });
    new ServiceDashboard(this, "Dashboard", { ...props, alarms });
  }
}
