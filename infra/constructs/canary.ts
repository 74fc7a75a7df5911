import { Duration } from "aws-cdk-lib";
import { Alarm, MathExpression, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  TimeBasedCanaryTrafficRouting,
} from "aws-cdk-lib/aws-codedeploy";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { CanaryProps } from "../settings/twostep-props.ts";
import type { ServiceApi } from "./http-api.ts";
import { liveAlias, type ServiceFunction } from "./service-function.ts";

/** CloudWatch's shortest period of metrics that are not of high resolution. */
const period = Duration.minutes(1);

/** Below this a failure may be chance: a lost connection, a request at the function's time-out. */
const failuresAMinute = 3;

type Props = CanaryProps & {
  readonly functions: readonly ServiceFunction[];
  readonly api: ServiceApi;
};

/**
 * Moves each function's alias to a new version in two steps, and back where the new version fails. The share of failures
 * that other alarms wait for would not be met: only a part of the requests goes to the new version. So these alarms look
 * at the new version alone, and at the API with a threshold that follows from that part.
 */
export class Canary extends Construct {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { functions, percent, minutes, rollback = true } = props;
    const application = new LambdaApplication(this, "Application");
    const deploymentConfig = new LambdaDeploymentConfig(this, "Config", {
      trafficRouting: new TimeBasedCanaryTrafficRouting({
        interval: Duration.minutes(minutes),
        percentage: percent,
      }),
    });
    // CDK would add a managed policy once for each function.
    const role = this.roleToMove(functions).withoutPolicyUpdates();
    const apiFaults = this.alarm("api-faults", failingShare(props.api), percent / 2);
    for (const one of functions) {
      if (!one.alias) continue;
      const errors = this.alarm(`errors-${one.node.id}`, errorsOfNew(one), failuresAMinute);
      new LambdaDeploymentGroup(this, one.node.id, {
        application,
        alias: one.alias,
        deploymentConfig,
        role,
        alarms: [errors, apiFaults],
        ignoreAlarmConfiguration: !rollback,
        autoRollback: {
          failedDeployment: true,
          stoppedDeployment: true,
          deploymentInAlarm: rollback,
        },
      });
    }
  }

  private alarm(name: string, metric: IMetric, threshold: number): Alarm {
    return new Alarm(this, name, {
      alarmDescription: `A release is taken back if this rings while it is deployed. See docs/deploy.md, "Upgrade".`,
      metric,
      threshold,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private roleToMove(functions: readonly ServiceFunction[]): Role {
    const arns = functions.filter(({ alias }) => alias).map((one) => one.functionArn);
    const move = new PolicyStatement({
      actions: ["lambda:GetAlias", "lambda:UpdateAlias"],
      resources: arns,
    });
    const concurrency = new PolicyStatement({
      actions: ["lambda:GetProvisionedConcurrencyConfig"],
      resources: arns.map((arn) => `${arn}:${liveAlias}`),
    });
    // CloudWatch lets nobody narrow this action down where composite alarms may be meant (CloudWatch API reference).
    const look = new PolicyStatement({ actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] });
    return new Role(this, "Role", {
      description: "What CodeDeploy may do: move the aliases of the functions",
      assumedBy: new ServicePrincipal("codedeploy.amazonaws.com"),
      inlinePolicies: { access: new PolicyDocument({ statements: [move, concurrency, look] }) },
    });
  }
}

/** The errors of the version that a deployment brings, while the alias sends it requests. */
const errorsOfNew = (one: ServiceFunction): Metric =>
  new Metric({
    namespace: "AWS/Lambda",
    metricName: "Errors",
    dimensionsMap: {
      FunctionName: one.functionName,
      Resource: `${one.functionName}:${liveAlias}`,
      ExecutedVersion: one.currentVersion.version,
    },
    statistic: Stats.SUM,
    period,
  });

/** The share of the API's answers with 5xx, in per cent; 0 where they are few. */
const failingShare = (api: ServiceApi): MathExpression =>
  new MathExpression({
    expression: `IF(failed >= ${failuresAMinute}, 100 * failed / requests, 0)`,
    usingMetrics: { failed: api.faults(period), requests: api.requests(period) },
    label: "Answers with 5xx, %",
    period,
  });
