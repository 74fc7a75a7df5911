import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { secretsManagerKeys } from "../../lib/runtime/secrets-manager-keys.ts";
import {
  secretsManagerSecret,
  type SecretServices,
} from "../../lib/runtime/secrets-manager-secret.ts";
import type { LogFields } from "../../lib/log/log.ts";
import { noon } from "../support/time.ts";

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

/** A clock that stands still, and what was logged. */
const someServices = () => {
  const time = { now: noon };
  const logged: [string, LogFields][] = [];
  const measured: string[] = [];
  const log: SecretServices["log"] = {
    error: (message, fields) => void logged.push([message, fields]),
    measure: ({ name, value }) => void measured.push(`${name} ${value}`),
  };
  return { time, logged, measured, outside: { now: () => time.now, log } };
};

test("a key is asked for once, at once, and kept", async () => {
  const { client, asked } = await aSecretsManager(text);
  const keys = secretsManagerKeys(client, "arn:of-the-secret", "totp", someServices().outside);
  const got = await Promise.all([keys(), keys()]);
  expect([...got, await keys()]).toEqual(Array(3).fill(keyRing(text, "totp")));
  expect(asked).toEqual([{ SecretId: "arn:of-the-secret" }]);
});

test("a key that could not be had fails whoever needs it, and is asked for again", async () => {
  const { client, asked } = await aSecretsManager(undefined, undefined, text);
  const keys = secretsManagerKeys(client, "arn", "lookup", someServices().outside);
  await expect(keys()).rejects.toThrow();
  await expect(keys()).rejects.toThrow();
  await expect(keys()).resolves.toEqual(keyRing(text, "lookup"));
  await keys();
  expect(asked).toHaveLength(3);
});

test.each([
  ["", "without a text"],
  ["too short", "too short"],
  [`${text}\ntoo short`, "too short"],
])("the secret %j makes no key", async (secret, reason) => {
  const { client } = await aSecretsManager(secret);
  const keys = secretsManagerKeys(client, "arn", "totp", someServices().outside);
  await expect(keys()).rejects.toThrow(reason);
});

test("a second key is learned while requests go on with the first", async () => {
  const rotated = `${text}\n${text.toUpperCase()}`;
  const { client } = await aSecretsManager(text, rotated);
  const { time, outside } = someServices();
  const keys = secretsManagerKeys(client, "arn", "totp", outside);
  await keys();
  time.now += 300_000;
  expect(await keys()).toEqual(keyRing(text, "totp"));
  await expect.poll(keys).toEqual(keyRing(rotated, "totp"));
});

test("a slip of the operator's hand stops nobody, and is told without the secret", async () => {
  const { client } = await aSecretsManager(text, "a slip of the hand");
  const { time, logged, measured, outside } = someServices();
  const keys = secretsManagerKeys(client, "arn", "totp", outside);
  await keys();
  time.now += 3_600_000;
  expect(await keys()).toEqual(keyRing(text, "totp"));
  expect(logged).toMatchObject([["secret_not_refreshed", { secret: "arn", fault: "Error" }]]);
  expect(JSON.stringify(logged)).not.toContain("slip");
  // What an alarm watches.
  expect(measured).toEqual(["SecretNotRefreshed 0", "SecretNotRefreshed 1"]);
});

test("what was made of a text is made anew for a new text only", async () => {
  const { client } = await aSecretsManager("one", "one", "two");
  const { time, outside } = someServices();
  const secret = secretsManagerSecret(client, "arn", (word) => ({ word }), outside);
  const first = await secret.get();
  time.now += 600_000;
  expect(await secret.get()).toBe(first);
  time.now += 600_000;
  expect(await secret.get()).toEqual({ word: "two" });
});
