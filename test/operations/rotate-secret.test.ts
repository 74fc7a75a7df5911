import { randomBytes } from "node:crypto";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { rotateSecret, learnedAfterSeconds } from "../../operations/rotate-secret.ts";
import { aStack, advance } from "../local/support/stack.ts";

/** A stack with a secret, and its Secrets Manager as the command sees it. */
const aSecret = async () => {
  const stack = await aStack({
    functions: { None: { code: "exports.handler = async () => ({});" } },
    routes: { $default: "None" },
    resources: {
      Key: {
        Type: "AWS::SecretsManager::Secret",
        Properties: { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 } },
      },
    },
  });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const endpoint = stack.endpoints.secretsManager;
  const client = new SecretsManagerClient({ endpoint, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  let now = Date.now();
  const pass = async (seconds: number) => void (now = await advance(stack.url, seconds));
  const read = async () =>
    (await client.send(new GetSecretValueCommand({ SecretId: "Key" }))).SecretString ?? "";
  const deps = { client, now: () => now, random: randomBytes };
  const rotate = (
    step: "add" | "use" | "drop",
    mayDrop?: (keeps: string) => Promise<string | undefined>,
  ) => rotateSecret(deps, { secretId: "Key", step }, mayDrop);
  return { client, read, rotate, pass };
};

test("a secret is rotated in three steps, and not before everybody knows the last", async () => {
  const { read, rotate, pass } = await aSecret();
  const old = await read();
  expect((await rotate("add")).kind).toBe("changed");
  const [first, added = "", ...rest] = (await read()).split("\n");
  expect([first, rest]).toEqual([old, []]);
  expect(added.length).toBeGreaterThanOrEqual(64);

  expect((await rotate("use")).kind).toBe("too_early");
  await pass(learnedAfterSeconds + 5);
  expect((await rotate("use")).kind).toBe("changed");
  expect(await read()).toBe(`${added}\n${old}`);

  await pass(learnedAfterSeconds + 5);
  expect((await rotate("drop")).kind).toBe("too_early");
  await pass(900);
  expect((await rotate("drop")).kind).toBe("changed");
  expect(await read()).toBe(added);
});

test("a step that was taken is said to be, and leaves the secret alone", async () => {
  const { read, rotate, pass } = await aSecret();
  await rotate("add");
  const added = await read();
  expect((await rotate("add")).kind).toBe("done");
  expect(await read()).toBe(added);
  await pass(3600);
  await rotate("use");
  const used = await read();
  expect((await rotate("use")).kind).toBe("done");
  expect(await read()).toBe(used);
});

test("nothing is dropped while something needs it, and who is asked gets the key that stays", async () => {
  const { read, rotate, pass } = await aSecret();
  await rotate("add");
  await pass(3600);
  await rotate("use");
  await pass(3600);
  const used = await read();
  const asked: string[] = [];
  const refusal = await rotate("drop", (keeps) => {
    asked.push(keeps);
    return Promise.resolve("Three accounts need it.");
  });
  expect(refusal).toEqual({ kind: "refused", why: "Three accounts need it." });
  expect(asked).toEqual([used.split("\n")[0]]);
  expect(await read()).toBe(used);
});

test("what is told of a rotation says nothing of the secret", async () => {
  const { client, read, rotate, pass } = await aSecret();
  const told = [await rotate("use"), await rotate("add"), await rotate("use")];
  await pass(3600);
  told.push(await rotate("drop"), await rotate("use"));
  const by = { SecretId: "Key", SecretString: `${await read()}\nand one more` };
  await client.send(new PutSecretValueCommand(by));
  told.push(await rotate("drop"));
  const text = JSON.stringify(told);
  for (const line of (await read()).split("\n")) expect(text).not.toContain(line);
});
