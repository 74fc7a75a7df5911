import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import type { Template } from "../../../../local/aws/template/template.ts";
import { generateSecret } from "../../../../local/aws/secrets/generate.ts";
import { aStack } from "../../support/stack.ts";

const resources: Template["Resources"] = {
  Key: {
    Type: "AWS::SecretsManager::Secret",
    Properties: { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 } },
  },
};

const WHICH = {
  functions: {
    Which: {
      code: `exports.handler = async () => ({ arn: process.env.KEY_SECRET_ID });`,
      environment: { KEY_SECRET_ID: { Ref: "Key" } },
    },
  },
  routes: { $default: "Which" },
  resources,
};

function aClient(endpoint: string): SecretsManagerClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SecretsManagerClient({ endpoint, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  return client;
}

test("a generated secret is read by the ARN that functions are given, or by name, and stays the same", async () => {
  const first = await aStack(WHICH);
  const { arn } = (await (await fetch(first.url)).json()) as { arn: string };
  const client = aClient(first.endpoints.secretsManager);
  const byArn = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  expect(byArn).toMatchObject({ ARN: arn, Name: "Key", VersionStages: ["AWSCURRENT"] });
  expect(byArn.SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
  expect(byArn.CreatedDate).toBeInstanceOf(Date);
  expect((await stat(join(first.dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
  await first.stop();

  const second = await aStack(WHICH, { dataDir: first.dataDir });
  const byName = await aClient(second.endpoints.secretsManager).send(
    new GetSecretValueCommand({ SecretId: "Key" }),
  );
  expect(byName.SecretString).toBe(byArn.SecretString);
});

test("a value that is put is the secret's from then on, also after the next start", async () => {
  const first = await aStack(WHICH);
  const client = aClient(first.endpoints.secretsManager);
  const input = { SecretId: "Key", SecretString: "new\nold" };
  const put = await client.send(new PutSecretValueCommand(input));
  expect(put).toMatchObject({ Name: "Key", VersionStages: ["AWSCURRENT"] });
  const read = await client.send(new GetSecretValueCommand({ SecretId: "Key" }));
  expect(read).toMatchObject({ SecretString: "new\nold", VersionId: put.VersionId });
  const other = new PutSecretValueCommand({ ...input, SecretId: "Other" });
  await expect(client.send(other)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await first.stop();

  const second = await aStack(WHICH, { dataDir: first.dataDir });
  const kept = await aClient(second.endpoints.secretsManager).send(
    new GetSecretValueCommand({ SecretId: "Key" }),
  );
  expect(kept.SecretString).toBe("new\nold");
});

test("an unknown secret or version fails as Secrets Manager does", async () => {
  const client = aClient((await aStack(WHICH)).endpoints.secretsManager);
  for (const input of [{ SecretId: "Other" }, { SecretId: "Key", VersionStage: "AWSPREVIOUS" }])
    await expect(client.send(new GetSecretValueCommand(input))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringContaining("can't find the specified secret") as string,
    });
});

test("web pages cannot read secrets", async () => {
  const { endpoints } = await aStack(WHICH);
  const response = await fetch(endpoints.secretsManager, {
    method: "POST",
    headers: { origin: "https://evil.example", "x-amz-target": "secretsmanager.GetSecretValue" },
    body: '{"SecretId":"Key"}',
  });
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain("SecretString");
});

const anyCharacter = {
  PasswordLength: 32,
  ExcludeCharacters: "",
  ExcludeLowercase: false,
  ExcludeUppercase: false,
  ExcludeNumbers: false,
  ExcludePunctuation: false,
  IncludeSpace: false,
  RequireEachIncludedType: true,
};

test("a generated value has a character of each kind and none that is excluded", () => {
  for (let round = 0; round < 200; round += 1) {
    const value = generateSecret({
      ...anyCharacter,
      PasswordLength: 5,
      ExcludeCharacters: 'abc/"',
    });
    expect(value).toHaveLength(5);
    for (const kind of [/[d-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(value).toMatch(kind);
    expect(value).not.toMatch(/[abc/" ]/);
  }
});
