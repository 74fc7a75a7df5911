import { PolicyStatement } from "aws-cdk-lib/aws-iam";

/** Allows sending traces. X-Ray has no resources to narrow this down to (Service Authorization Reference). */
export const traceStatement = () =>
  new PolicyStatement({
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    resources: ["*"],
  });
