import { createHash } from "node:crypto";
import { createResolver } from "./resolve.ts";
import type { Names } from "./resolve.ts";
import type { Template } from "./template.ts";

export const REGION = "us-east-1";
export const ACCOUNT_ID = "000000000000";

/** The addresses of the stack's own servers. */
export type Addresses = { api: string; sqs: string };

/** The names and ARNs that resources have here. The name is the template's own if it gives one, else the logical id. */
export function localNames(
  template: Template,
  addresses: Addresses,
  parameters: Record<string, string>,
): Names {
  const given = (logicalId: string, property: string): string => {
    const name = resolve(template.Resources[logicalId]?.Properties?.[property]);
    return typeof name === "string" ? name : logicalId;
  };

  const ref = (logicalId: string, type: string): string => {
    switch (type) {
      case "AWS::Lambda::Function":
        return given(logicalId, "FunctionName");
      case "AWS::Lambda::Alias":
        // One machine has one version of each function; the alias leads to it.
        return `${lambdaArn(given(logicalId, "FunctionName"))}:${given(logicalId, "Name")}`;
      case "AWS::DynamoDB::GlobalTable":
        return given(logicalId, "TableName");
      case "AWS::SecretsManager::Secret":
        return secretArn(given(logicalId, "Name"));
      case "AWS::SQS::Queue":
        // The SDK calls the host that a queue's URL names, whatever endpoint it was given.
        return `${addresses.sqs}/${ACCOUNT_ID}/${given(logicalId, "QueueName")}`;
      case "AWS::Events::EventBus":
        return given(logicalId, "Name");
      case "AWS::S3::Bucket":
        return given(logicalId, "BucketName");
      case "AWS::StepFunctions::StateMachine":
        return `arn:aws:states:${REGION}:${ACCOUNT_ID}:stateMachine:${given(logicalId, "StateMachineName")}`;
      case "AWS::ApiGatewayV2::Api":
      case "AWS::ApiGatewayV2::Integration":
      case "AWS::ApiGatewayV2::Route":
        return logicalId;
      default:
        throw new Error(`The local stack cannot say what Ref of ${logicalId} (${type}) is.`);
    }
  };

  const attribute = (logicalId: string, type: string, name: string): string => {
    switch (`${type}.${name}`) {
      case "AWS::Lambda::Function.Arn":
        return lambdaArn(ref(logicalId, type));
      case "AWS::IAM::Role.Arn":
        return `arn:aws:iam::${ACCOUNT_ID}:role/${logicalId}`;
      case "AWS::Logs::LogGroup.Arn":
        return `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${logicalId}:*`;
      case "AWS::KMS::Key.Arn":
        return `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${logicalId}`;
      case "AWS::DynamoDB::GlobalTable.Arn":
        return `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${ref(logicalId, type)}`;
      case "AWS::SecretsManager::Secret.Id":
        return ref(logicalId, type);
      case "AWS::SQS::Queue.QueueName":
        return given(logicalId, "QueueName");
      case "AWS::SQS::Queue.Arn":
        return `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${given(logicalId, "QueueName")}`;
      case "AWS::Events::EventBus.Name":
        return ref(logicalId, type);
      case "AWS::Events::EventBus.Arn":
        return `arn:aws:events:${REGION}:${ACCOUNT_ID}:event-bus/${ref(logicalId, type)}`;
      case "AWS::StepFunctions::StateMachine.Name":
        return given(logicalId, "StateMachineName");
      case "AWS::StepFunctions::StateMachine.Arn":
        return ref(logicalId, type);
      case "AWS::S3::Bucket.Arn":
        return `arn:aws:s3:::${ref(logicalId, type)}`;
      case "AWS::ApiGatewayV2::Api.ApiEndpoint":
        return addresses.api;
      case "AWS::CloudFront::Distribution.DomainName":
        // The pages and the API share one address here too.
        return new URL(addresses.api).host;
      default:
        throw new Error(
          `The local stack does not know the attribute ${name} of ${logicalId} (${type}).`,
        );
    }
  };

  const names = { parameters, pseudo: PSEUDO_PARAMETERS, ref, attribute };
  const resolve = createResolver(template, names);
  return names;
}

const PSEUDO_PARAMETERS = {
  "AWS::AccountId": ACCOUNT_ID,
  "AWS::Partition": "aws",
  "AWS::Region": REGION,
  "AWS::StackName": "local",
  "AWS::URLSuffix": "amazonaws.com",
};

const lambdaArn = (name: string): string =>
  `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;

/** Secrets Manager ends a secret's ARN with six characters of its own; here they follow from the name. */
function secretArn(name: string): string {
  const suffix = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:${name}-${suffix}`;
}
