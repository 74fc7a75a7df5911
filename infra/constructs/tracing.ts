import { PolicyStatement } from "aws-cdk-lib/aws-iam";

/**
 * What a role needs to send traces: nothing where tracing is off. X-Ray has no resources to narrow this down to (Service
 * Authorization Reference).
 */
export const traceStatements = (tracing: boolean): PolicyStatement[] =>
  tracing
    ? [
        new PolicyStatement({
          actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
          resources: ["*"],
        }),
      ]
    : [];
