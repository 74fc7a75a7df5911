import { join } from "node:path";
import { Duration, Stack } from "aws-cdk-lib";
import type { RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Alias,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import type { IFunction, IVersion } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { FunctionName, PagesFunctionName } from "../settings/functions.ts";
import type { Processor } from "../settings/twostep-props.ts";
import type { Access } from "./access.ts";
import { traceStatements } from "./tracing.ts";

export type ServiceFunctionProps = {
  /** The directory where `bundle` put the functions. */
  bundleDirectory: string;
  memorySizeMb?: number;
  /** The timeout; that of an HTTP function if not given. */
  timeoutSeconds?: number;
  environment: Readonly<Record<string, string>>;
  access: readonly Access[];
  architecture: Processor;
  /** Whether Lambda sends traces to X-Ray. */
  tracing: boolean;
  /** Whether callers go to an alias, which a deployment moves from version to version. */
  aliased: boolean;
  removalPolicy: RemovalPolicy;
  /**
   * How many may run at once: reserved for this function, and also its throttle. Undefined: as many as the account has
   * left.
   */
  reservedConcurrency?: number | undefined;
};

/** The name of the alias that callers invoke. */
export const liveAlias = "live";

/** One Lambda function with the code in `functions/<name>`, and with its own log group and role. */
export class ServiceFunction extends LambdaFunction {
  /** What routes, queues and the state machine invoke: the alias, or else the function itself. */
  readonly live: IFunction;
  /** Undefined where callers invoke the function itself. */
  readonly alias: Alias | undefined;

  constructor(
    scope: Construct,
    name: FunctionName | PagesFunctionName,
    props: ServiceFunctionProps,
  ) {
    const logGroup = new LogGroup(scope, `${name}-log`, {
      retention: RetentionDays.THREE_MONTHS,
      // People may still ask who signed in, and how, after the service is deleted.
      removalPolicy: props.removalPolicy,
    });
    super(scope, name, {
      description: `functions/${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
      code: Code.fromAsset(join(props.bundleDirectory, name)),
      handler: "index.handler",
      memorySize: props.memorySizeMb ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds ?? 10),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // CDK would add its own policy for the traces.
      role: roleOf(scope, name, logGroup, props).withoutPolicyUpdates(),
      ...(props.tracing ? { tracing: Tracing.ACTIVE } : {}),
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: {
        NODE_OPTIONS: "--enable-source-maps",
        POWERTOOLS_SERVICE_NAME: "twostep",
        // Stages in one account are measured separately.
        POWERTOOLS_METRICS_NAMESPACE: Stack.of(scope).stackName,
        POWERTOOLS_LOG_LEVEL: "INFO",
        ...props.environment,
        ...Object.fromEntries(props.access.flatMap((each) => Object.entries(each.environment))),
      },
    });
    // CDK's classes are its interfaces only without `exactOptionalPropertyTypes`.
    this.alias = props.aliased
      ? new Alias(this, "Live", { aliasName: liveAlias, version: this.currentVersion as IVersion })
      : undefined;
    this.live = (this.alias as IFunction | undefined) ?? this;
  }
}

/**
 * A role that may do what `access` says, write its own log and, where tracing is on, send traces. It inherits nothing, so the template shows everything
 * that is allowed.
 */
function roleOf(
  scope: Construct,
  name: FunctionName | PagesFunctionName,
  logGroup: LogGroup,
  { access, tracing }: Pick<ServiceFunctionProps, "access" | "tracing">,
): Role {
  const writeLog = new PolicyStatement({
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [logGroup.logGroupArn],
  });
  const statements = [
    writeLog,
    ...traceStatements(tracing),
    ...access.flatMap((each) => each.statements),
  ];
  return new Role(scope, `${name}-role`, {
    description: `What functions/${name} may do`,
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: { access: new PolicyDocument({ statements }) },
  });
}
