import { devNull } from "node:os";
import { LOCAL_CREDENTIALS } from "../access/signature.ts";
import type { FunctionPlan } from "../plan/plan.ts";
import { REGION } from "../template/names.ts";

/** The addresses of AWS's services on this machine. */
export type Endpoints = {
  dynamodb: string;
  secretsManager: string;
  sqs: string;
  stepFunctions: string;
  sns: string;
  eventBridge: string;
};

/** Nothing listens on this port: a call to a service that the local stack does not have must not reach AWS. */
const NOWHERE = "http://127.0.0.1:1";

/** A function's whole environment: Lambda's own variables, the template's, and the endpoints; nothing inherited. */
export function environmentOf(plan: FunctionPlan, endpoints: Endpoints): Record<string, string> {
  return {
    ...roleVariables(plan),
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // The developer's own AWS settings must not leak in.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LAMBDA_TASK_ROOT: plan.codeDirectory,
    ...plan.environment,
    ...endpointVariables(endpoints),
  };
}

/** The variables by which services know the role of a request, see `accessOf`. */
export const roleVariables = ({ name }: Pick<FunctionPlan, "name">) => ({
  AWS_ACCESS_KEY_ID: name,
});

/** The variables by which the SDK finds each service. */
export const endpointVariables = (endpoints: Endpoints): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: NOWHERE,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_SFN: endpoints.stepFunctions,
  AWS_ENDPOINT_URL_SNS: endpoints.sns,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
});
