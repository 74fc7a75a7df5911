import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { ServiceDashboard } from "./dashboard.ts";
import type { ServiceApi } from "./http-api.ts";
import type { Fallback } from "./fallback.ts";
import type { TelegramQueue } from "./telegram-queue.ts";

/** What is watched. */
export type Operated = {
  readonly api: ServiceApi;
  readonly telegramQueue: TelegramQueue;
  readonly fallback: Fallback;
  /** Functions that no request waits for. */
  readonly background: readonly LambdaFunction[];
};

export type OperationsProps = Operated & {
  readonly alarmTopic?: ITopic | undefined;
  readonly moneyPerDay: number;
};

/** What an operator looks at, and what wakes them. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, { alarmTopic, ...props }: OperationsProps) {
    super(scope, id);
    const alarms = new Alarms(this, "Alarms", { ...props, topic: alarmTopic });
    new ServiceDashboard(this, "Dashboard", { ...props, alarms });
  }
}
