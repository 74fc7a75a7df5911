import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import type { BusEvent } from "../../local/aws/events/answer-event-bridge.ts";
import { startStack } from "../../local/stack.ts";
import { rotateSecret } from "../../operations/rotate-secret.ts";
import { totpCode } from "../support/service-totp.ts";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";
import { advance } from "./support/stack.ts";

/** The service as it deploys, and its commands as an operator calls them. */
const aService = async () => {
  const dataDir = await aFolder();
  const stack = await startStack({ port: 0, dataDir, quiet: true });
  onTestFinished(stack.stop);
  const { url, endpoints, demo } = stack;
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
  };
  const command = (name: string, ...args: string[]) =>
    run(`operations/${name}.ts`, args, "", environment).ended;
  let cookie = "";
  let now = Date.now();
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json", cookie };
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, request);
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(";")[0] ?? "";
    return (await response.json()) as Record<string, string>;
  };
  const stored = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as object;
  const secretOf = (logicalId: string) =>
    Object.keys(stored).find((name) => name.startsWith(logicalId)) ?? "";
  const client = new SecretsManagerClient({
    endpoint: endpoints.secretsManager,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(() => client.destroy());
  return {
    secrets: {
      totp: secretOf("SecretsTotpKey"),
      lookup: secretOf("SecretsLookupKey"),
      "recovery-codes": secretOf("SecretsRecoveryKey"),
    },
    command,
    post,
    signIn: () => post("/v1/sign-in", { email: demo.email, password: demo.password }),
    now: () => now,
    events: async () => {
      const response = await fetch(`${url}/devices/api/events`);
      return ((await response.json()) as { events: BusEvent[] }).events;
    },
    pass: async (seconds: number) => void (now = await advance(url, seconds)),
    rotate: (secretId: string, step: "add" | "use" | "drop") =>
      rotateSecret({ client, now: () => now, random: randomBytes }, { secretId, step }),
  };
};

const tableName = "AccountsTableE6B6FF58";

test("an operator rotates the keys of the service as it deploys, with its commands", async () => {
  const { secrets, command, post, signIn, now, pass, rotate } = await aService();
  expect(await signIn()).toEqual({ status: "signed_in" });
  const { id = "", secret = "" } = await post("/v1/totp", {});
  await post(`/v1/totp/${id}/confirm`, { code: totpCode(secret, now()) });
  const names = Object.entries(secrets);
  const bothSteps = async () => {
    expect((await signIn())["status"]).toBe("second_step");
    const code = totpCode(secret, now());
    expect(await post("/v1/challenge/totp", { code })).toEqual({ status: "signed_in" });
  };

  for (const [purpose, name] of names) {
    const which = ["--purpose", purpose, "--secret", name];
    const added = await command("rotate", ...which, "--step", "add");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    expect(added.stdout).toContain("Then: --step use.");
    const early = await command("rotate", ...which, "--step", "use");
    expect(early).toMatchObject({ code: 1, stdout: "" });
    expect(early.stderr).toContain("Not before");
  }
  for (const minutes of [5, 5, 10]) {
    await pass(minutes * 60);
    await bothSteps();
  }
  for (const [, name] of names) expect((await rotate(name, "use")).kind).toBe("changed");
  for (const minutes of [5, 5, 25]) {
    await pass(minutes * 60);
    await bothSteps();
  }
  const keys = ["--totp-key", secrets.totp, "--lookup-key", secrets.lookup];
  const reencrypted = await command("re-encrypt", "--table", tableName, ...keys);
  expect(reencrypted).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(reencrypted.stdout)).toEqual({ accounts: 1 });
  for (const [, name] of names) expect((await rotate(name, "drop")).kind).toBe("changed");
  for (const minutes of [5, 5, 25]) {
    await pass(minutes * 60);
    await bothSteps();
  }
});

test("an operator counts what a restore would do, and does it", async () => {
  const { command, signIn, post, events } = await aService();
  expect(await signIn()).toEqual({ status: "signed_in" });
  const activity = async () =>
    (await events()).map(({ detail }) => (detail as { activity: string }).activity);
  expect(await activity()).toEqual(["signed_in"]);
  const bus = (await events())[0]?.bus ?? "";
  const time = new Date(Date.now() - 60_000).toISOString();
  const given = ["--table", tableName, "--recovered-to", time, "--event-bus", bus];
  const counted = await command("restore", ...given, "--dry-run");
  expect(counted).toEqual({ code: 0, stdout: '{"accounts":1,"restored":1}\n', stderr: "" });
  expect((await post("/v1/totp", {}))["secret"]).toMatch(/^[A-Z2-7]{32}$/);
  const done = await command("restore", ...given);
  expect(done).toEqual({ code: 0, stdout: '{"accounts":1,"restored":1}\n', stderr: "" });
  expect(await activity()).toEqual(["signed_in", "restored"]);
  expect(await post("/v1/totp", {})).toMatchObject({ code: "unauthenticated" });
  const again = await command("restore", ...given);
  expect(again).toMatchObject({ code: 0, stdout: '{"accounts":1,"done_before":1}\n' });
});

const recovered = ["--table", "x", "--recovered-to", "2026-01-01", "--event-bus", "none"];

test.each([
  ["rotate", ["--purpose", "totp", "--secret", "x", "--step", "drop"], "--table is needed"],
  ["rotate", ["--purpose", "telegram-webhook", "--secret", "x", "--step", "use"], "--bot-token"],
  ["rotate", ["--purpose", "everything", "--secret", "x", "--step", "add"], "purpose"],
  ["re-encrypt", [], "--table is needed"],
  ["re-encrypt", ["--table", "x", "--void-recovery-codes-before", "soon"], "soon is no time"],
  ["re-encrypt", ["--table", "x", "--void-recovery-codes-before", "2026-01-01"], "--event-bus"],
  ["restore", ["--table", "x"], "--recovered-to"],
  ["restore", ["--table", "x", "--recovered-to", "2100-01-01"], "past"],
  ["restore", ["--table", "x", "--recovered-to", "2026-01-01"], "--event-bus"],
  ["restore", [...recovered, "--into", "x"], "itself"],
  ["sends", ["--stop", "UA"], "--table is needed"],
  ["sends", ["--table", "x", "--stop", "ua"], "ua is neither"],
  ["sends", ["--table", "x", "--stop", ""], "is neither"],
  ["sends", ["--table", "x", "--stop", "UA", "--resume", "PL"], "Either --stop or --resume"],
  ["sends", ["--table", "x", "--halt", "UA"], "--halt"],
])("%s %j is refused with what it needs, before anything is asked", async (name, args, why) => {
  const { code, stderr, stdout } = await run(`operations/${name}.ts`, args).ended;
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(why);
  expect(stderr).toContain("Usage: npm run");
});
