import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as z from "zod/mini";
import { listenOn } from "../gateway/server.ts";
import { parseJson } from "../parse-json.ts";
import type { Secret } from "./secrets.ts";

const GetSecretValue = z.object({
  SecretId: z.string(),
  VersionId: z.optional(z.string()),
  VersionStage: z.optional(z.string()),
});

type Reply = { status: number; body: Record<string, unknown> };

/** Serves GetSecretValue as AWS Secrets Manager does (JSON 1.1), on a loopback port. */
export async function startSecretsServer(
  secrets: readonly Secret[],
): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    reply(request, secrets).then(
      ({ status, body }) => {
        response
          .writeHead(status, {
            "content-type": "application/x-amz-json-1.1",
            "x-amzn-requestid": randomUUID(),
          })
          .end(JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  await listenOn(server, 0);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(request: IncomingMessage, secrets: readonly Secret[]): Promise<Reply> {
  // No web page may read this, not even under a name that it made point here.
  if (
    request.headers.origin !== undefined ||
    !/^127\.0\.0\.1:\d+$/.test(request.headers.host ?? "")
  )
    return failure("AccessDeniedException", "Only the local stack's functions read secrets.");
  if (request.headers["x-amz-target"] !== "secretsmanager.GetSecretValue")
    return failure("UnknownOperationException", "The local stack only knows GetSecretValue.");
  const input = GetSecretValue.safeParse(parseJson(await text(request)));
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
