import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../data/parse-json.ts";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import type { Secret } from "./secrets.ts";

const GetSecretValue = z.object({
  SecretId: z.string(),
  VersionId: z.optional(z.string()),
  VersionStage: z.optional(z.string()),
});

const PutSecretValue = z.object({
  SecretId: z.string(),
  SecretString: z.string(),
  ClientRequestToken: z.optional(z.string()),
});

type Reply = { status: number; body: Record<string, unknown> };

/** Keeps a new value of a secret, in memory and on disk. */
export type PutSecret = (secret: Secret, value: string, versionId: string) => Promise<void>;

/** Answers GetSecretValue and PutSecretValue as AWS Secrets Manager does (JSON 1.1). */
export function answerSecrets(
  secrets: readonly Secret[],
  put: PutSecret,
): (request: GatewayRequest) => Promise<Answer> {
  return async (request) => {
    const { status, body } = await reply(request, secrets, put);
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

async function reply(
  { headers, body }: GatewayRequest,
  secrets: readonly Secret[],
  put: PutSecret,
): Promise<Reply> {
  const given = parseJson(body.toString());
  switch (headers["x-amz-target"]) {
    case "secretsmanager.GetSecretValue": {
      const input = GetSecretValue.safeParse(given);
      return input.success ? getSecretValue(input.data, secrets) : invalid(input.error);
    }
    case "secretsmanager.PutSecretValue": {
      const input = PutSecretValue.safeParse(given);
      return input.success ? putSecretValue(input.data, secrets, put) : invalid(input.error);
    }
    case undefined:
    default:
      return failure(
        "UnknownOperationException",
        "The local stack only knows GetSecretValue and PutSecretValue.",
      );
  }
}

const invalid = (error: z.core.$ZodError): Reply =>
  failure("ValidationException", z.prettifyError(error));

const secretNamed = (id: string, secrets: readonly Secret[]): Secret | undefined =>
  secrets.find(({ name, arn }) => id === arn || id === name);

const unknownSecret = (): Reply =>
  failure("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

function getSecretValue(input: z.infer<typeof GetSecretValue>, secrets: readonly Secret[]): Reply {
  const secret = secretNamed(input.SecretId, secrets);
  if (!secret) return unknownSecret();
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

async function putSecretValue(
  input: z.infer<typeof PutSecretValue>,
  secrets: readonly Secret[],
  put: PutSecret,
): Promise<Reply> {
  const secret = secretNamed(input.SecretId, secrets);
  if (!secret) return unknownSecret();
  const versionId = input.ClientRequestToken ?? randomUUID();
  await put(secret, input.SecretString, versionId);
  return {
    status: 200,
    body: {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: versionId,
      VersionStages: ["AWSCURRENT"],
    },
  };
}

function failure(type: string, message: string): Reply {
  return { status: 400, body: { __type: type, Message: message } };
}
