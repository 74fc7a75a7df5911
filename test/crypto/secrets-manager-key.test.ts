import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { secretKey } from "../../lib/crypto/secret-key.ts";
import { secretsManagerKey } from "../../lib/crypto/secrets-manager-key.ts";

const text = "a secret text of more than forty-three characters";

/** A Secrets Manager that answers with these in turn, the last one again and again, and counts. */
const aSecretsManager = async (...answers: readonly (string | undefined)[]) => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push(JSON.parse(Buffer.concat(parts).toString()));
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      response.writeHead(answer === undefined ? 400 : 200, {
        "content-type": "application/x-amz-json-1.1",
      });
      const fault = { __type: "InternalServiceError" };
      response.end(JSON.stringify(answer === undefined ? fault : { SecretString: answer }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });
  return { client, asked };
};

test("a key is asked for once, at once, and kept", async () => {
  const { client, asked } = await aSecretsManager(text);
  const key = secretsManagerKey(client, "arn:of-the-secret", "totp");
  const keys = await Promise.all([key(), key()]);
  expect([...keys, await key()]).toEqual(Array(3).fill(secretKey(text, "totp")));
  expect(asked).toEqual([{ SecretId: "arn:of-the-secret" }]);
});

test("a key that could not be had fails whoever needs it, and is asked for again", async () => {
  const { client, asked } = await aSecretsManager(undefined, undefined, text);
  const key = secretsManagerKey(client, "arn", "lookup");
  await expect(key()).rejects.toThrow();
  await expect(key()).rejects.toThrow();
  await expect(key()).resolves.toEqual(secretKey(text, "lookup"));
  await key();
  expect(asked).toHaveLength(3);
});

test.each([
  ["", "without a text"],
  ["too short", "too short"],
])("the secret %j makes no key", async (secret, reason) => {
  const { client } = await aSecretsManager(secret);
  await expect(secretsManagerKey(client, "arn", "totp")()).rejects.toThrow(reason);
});
