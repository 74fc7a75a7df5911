import { ArnFormat, Aws, Stack } from "aws-cdk-lib";
import type { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Access } from "./access.ts";
import { traceStatement } from "./tracing.ts";
import { fallbackDefinition, fallbackTimeout } from "./fallback-definition.ts";
import type { FallbackLimits, FallbackTasks } from "./fallback-definition.ts";

/** The state machine that keeps time for calls and SMS: call, call again, SMS. */
export class Fallback extends Construct {
  readonly arn: string;
  private readonly machineName = `${Aws.STACK_NAME}-Fallback`;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Put together from the name: the machine refers to functions, and every function to the machine.
    this.arn = Stack.of(this).formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: this.machineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Making the next attempt come: who finds the task gone that was to be woken starts the fallback anew. */
  allowMove(): Access {
    return this.allow("StartExecution", "SendTaskFailure");
  }

  /** Ending it: any decision that closes a challenge or an enrolment does. */
  allowEnd(): Access {
    return this.allow("SendTaskSuccess");
  }

  /**
   * AWS's list of actions names no resource for the two `SendTask` calls, yet IAM checks them against the machine whose task the token
   * is of (CDK's `grantTaskResponse` relies on that too): tokens of other machines are refused.
   */
  private allow(...actions: readonly string[]): Access {
    return {
      environment: { FALLBACK_ARN: this.arn },
      statements: [
        new PolicyStatement({
          actions: actions.map((action) => `states:${action}`),
          resources: [this.arn],
        }),
      ],
    };
  }

  /** One of Step Functions' own metrics of the machine, summed up. */
  metric(metricName: string, period: Duration): Metric {
    return new Metric({
      namespace: "AWS/States",
      metricName,
      dimensionsMap: { StateMachineArn: this.arn },
      statistic: Stats.SUM,
      period,
    });
  }

  /**
   * Makes the machine, once its functions exist. It writes no log: that would need actions on every resource, and an execution's history
   * is kept anyway.
   */
  climb(tasks: FallbackTasks, limits: FallbackLimits): void {
    new StateMachine(this, "Machine", {
      stateMachineName: this.machineName,
      definitionBody: DefinitionBody.fromChainable(fallbackDefinition(this, tasks, limits)),
      timeout: fallbackTimeout,
      tracingEnabled: true,
      // CDK would let it invoke every version of the functions too.
      role: this.roleToInvoke(tasks).withoutPolicyUpdates(),
    });
  }

  private roleToInvoke({ dispatchCall, sendSms }: FallbackTasks): Role {
    const invoke = new PolicyStatement({
      actions: ["lambda:InvokeFunction"],
      resources: [dispatchCall.functionArn, sendSms.functionArn],
    });
    return new Role(this, "Role", {
      description: "What the fallback may do",
      assumedBy: new ServicePrincipal("states.amazonaws.com", {
        conditions: {
          StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
          ArnEquals: { "aws:SourceArn": this.arn },
        },
      }),
      inlinePolicies: { access: new PolicyDocument({ statements: [invoke, traceStatement()] }) },
    });
  }
}
