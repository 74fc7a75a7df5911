import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { temporaryDirectory } from "../../infra/synthesize.ts";
import { aBotApi, token } from "./bot-api-server.ts";
import { aServer, type Received } from "./loopback.ts";
import { anEvent, webhookSecret, webhookUrl } from "./run-setup.ts";

const directory = temporaryDirectory();

/** Runs the function itself, in a process of its own, with secrets that a server gives it. */
const invoke = async (event: unknown, env: Readonly<Record<string, string>> = {}) => {
  const secrets = await aServer(({ body }) => {
    const { SecretId } = z.object({ SecretId: z.string() }).parse(JSON.parse(body));
    const SecretString = SecretId === "the-token" ? token : webhookSecret;
    return { status: 200, body: JSON.stringify({ SecretString }) };
  });
  const script = join(directory, "invoke.mjs");
  const index = new URL("../../../functions/telegram-setup/index.ts", import.meta.url);
  writeFileSync(
    script,
    `const { handler } = await import(${JSON.stringify(index.href)});
     const context = { getRemainingTimeInMillis: () => 60_000 };
     console.log(JSON.stringify({ result: await handler(JSON.parse(process.argv[2]), context) }));`,
  );
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [script, JSON.stringify(event)],
    {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
      env: {
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: "key",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
        TELEGRAM_BOT_TOKEN_SECRET_ID: "the-token",
        TELEGRAM_WEBHOOK_SECRET_ID: "the-webhook-secret",
        ...env,
      },
    },
  );
  expect(stdout).toContain("telegram_setup");
  expect(stderr).toBe("");
  for (const secret of [token, webhookSecret, "signature"]) expect(stdout).not.toContain(secret);
  return stdout;
};

test("the function itself reads both secrets, sets the bot up, answers, and prints nothing secret", async () => {
  const api = await aBotApi();
  const answers: Received[] = [];
  const storage = await aServer((request) => {
    answers.push(request);
    return { status: 200, body: "" };
  });
  await invoke(anEvent({ type: "Create", wanted: { ApiRoot: api.url } }, `${storage}/?signature`));
  expect(api.state.webhookUrl).toBe(webhookUrl);
  expect(answers.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { Status: "SUCCESS" },
  ]);
});

test("an operator who invokes it with {} gets the bot of the stack's variables set up, and reads so", async () => {
  const api = await aBotApi();
  const printed = await invoke(
    {},
    {
      TELEGRAM_WEBHOOK_URL: webhookUrl,
      TELEGRAM_BOT_USERNAME: "example_bot",
      TELEGRAM_API_ROOT: api.url,
      LANGUAGES: "en,uk",
    },
  );
  expect(api.state.webhookUrl).toBe(webhookUrl);
  expect(printed).toContain(`"result":{"kind":"done","status":"@Example_bot reports to`);
});
