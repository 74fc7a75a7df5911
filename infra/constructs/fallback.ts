import { ArnFormat, Aws, Stack } from "aws-cdk-lib";
import type { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Access } from "./access.ts";
import { traceStatements } from "./tracing.ts";
import { fallbackDefinition } from "./fallback-definition.ts";

/** The functions of the two channels. */
export type FallbackTasks = { dispatchCall: IFunction; sendSms: IFunction };

export type FallbackProps = {
  /** Whether the machine sends traces to X-Ray. */
  tracing: boolean;
};

/** The state machine that keeps time for calls and SMS: call, call again, SMS. */
export class Fallback extends Construct {
  readonly arn: string;
  private readonly tracing: boolean;
  private readonly machineName = `${Aws.STACK_NAME}-Fallback`;

  constructor(scope: Construct, id: string, { tracing }: FallbackProps) {
    super(scope, id);
    this.tracing = tracing;
    // Built from the name, because the machine refers to functions, and the functions refer to the machine.
    this.arn = Stack.of(this).formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: this.machineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Allows starting the next attempt. Where the task to wake no longer exists, the function starts a new execution. */
  allowMove(): Access {
    return this.allow("StartExecution", "SendTaskFailure");
  }

  /**
   * Allows ending a fallback, and answering a listening task's own token. Any decision that closes a challenge or an
   * enrolment ends the fallback.
   */
  allowEnd(): Access {
    return this.allow("SendTaskSuccess");
  }

  /**
   * AWS's list of actions names no resource for the two `SendTask` calls. IAM still checks them against the machine
   * that issued the token, and refuses tokens of other machines (CDK's `grantTaskResponse` relies on that too).
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

  /** One of Step Functions' own metrics of the machine, as a sum. */
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
   * Makes the machine, once its functions exist. The machine writes no log: that would need actions on every resource,
   * and Step Functions keeps an execution's history anyway.
   */
  keepTimeFor(tasks: FallbackTasks): void {
    const { dispatchCall, sendSms } = tasks;
    const arns = { call: dispatchCall.functionArn, sms: sendSms.functionArn };
    const definition = fallbackDefinition(arns, Aws.PARTITION);
    new StateMachine(this, "Machine", {
      stateMachineName: this.machineName,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      tracingEnabled: this.tracing,
      // CDK would also let the machine invoke every version of the functions.
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
      inlinePolicies: {
        access: new PolicyDocument({ statements: [invoke, ...traceStatements(this.tracing)] }),
      },
    });
  }
}
