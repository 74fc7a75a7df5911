import { EventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Access } from "./access.ts";

/** The bus that gets every entry of an account's recent activity, for the deployer's rules. */
export class ActivityBus extends Construct {
  readonly name: string;
  private readonly bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new EventBus(this, "Bus", {
      description: "Recent activity of accounts, one event an entry",
    });
    this.name = this.bus.eventBusName;
  }

  /** Allows only publishing on this bus. */
  allowPut(): Access {
    return {
      environment: { EVENT_BUS_NAME: this.bus.eventBusName },
      statements: [
        new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] }),
      ],
    };
  }
}
