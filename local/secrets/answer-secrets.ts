import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { Answer } from "../gateway/answer.ts";
import type { GatewayRequest } from "../gateway/request.ts";
import { parseJson } from "../parse-json.ts";
import type { Secret } from "./secrets.ts";

const GetSecretValue = z.object({
  SecretId: z.string(),
  VersionId: z.optional(z.string()),
  VersionStage: z.optional(z.string()),
});

type Reply = { status: number; body: Record<string, unknown> };

/** Answers GetSecretValue as AWS Secrets Manager does (JSON 1.1). */
export function answerSecrets(secrets: readonly Secret[]): (request: GatewayRequest) => Answer {
  return (request) => {
    const { status, body } = reply(request, secrets);
    return {
      status,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amzn-requestid": randomUUID(),
      },
      body: JSON.stringify(body),
    };
  };
}

function reply({ headers, body }: GatewayRequest, secrets: readonly Secret[]): Reply {
  if (headers["x-amz-target"] !== "secretsmanager.GetSecretValue")
    return failure("UnknownOperationException", "The local stack only knows GetSecretValue.");
  const input = GetSecretValue.safeParse(parseJson(body.toString()));
  if (!input.success) return failure("ValidationException", z.prettifyError(input.error));
  return getSecretValue(input.data, secrets);
}

function getSecretValue(input: z.infer<typeof GetSecretValue>, secrets: readonly Secret[]): Reply {
  const secret = secrets.find(({ name, arn }) => input.SecretId === arn || input.SecretId === name);
  if (!secret)
    return failure("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  const stage = input.VersionStage ?? "AWSCURRENT";
  if (stage !== "AWSCURRENT" || (input.VersionId ?? secret.versionId) !== secret.versionId)
    return failure(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${input.VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${input.VersionId}`}`,
    );
  return {
    status: 200,
    body: {
      ARN: secret.arn,
      CreatedDate: secret.createdAt,
      Name: secret.name,
      SecretString: secret.value,
      VersionId: secret.versionId,
      VersionStages: ["AWSCURRENT"],
    },
  };
}

function failure(type: string, message: string): Reply {
  return { status: 400, body: { __type: type, Message: message } };
}
