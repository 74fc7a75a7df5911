import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { ServiceDashboard } from "./dashboard.ts";
import type { Operated } from "./operated.ts";

export type OperationsProps = Operated & {
  readonly alarmTopic?: ITopic | undefined;
  readonly moneyPerDay: number;
};

/** The dashboard for an operator, and the alarms that wake them. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, { alarmTopic, ...props }: OperationsProps) {
    super(scope, id);
    const alarms = new Alarms(this, "Alarms", { ...props, topic: alarmTopic });
    new ServiceDashboard(this, "Dashboard", { ...props, alarms });
  }
}
