import { readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll, expect, test } from "vitest";
import { bundledFunctionNames, type FunctionName } from "../../infra/settings/functions.ts";
import { enrolTotp } from "../../lib/contract/totp.ts";
import { functionsOf, synthesize } from "../infra/synthesize.ts";
import { startDynalite } from "../support/dynalite.ts";
import { totpCode } from "../support/service-totp.ts";
import { startFunction, type BundledFunction } from "./bundled-function.ts";
import { startEventBridge } from "./event-bridge.ts";
import { startQueue } from "./queue.ts";
import { startSecretsManager, valueOf } from "./secrets-manager.ts";

const events = fileURLToPath(new URL("../../events", import.meta.url));
const { directory, template } = synthesize();
const deployed = functionsOf(template, join(directory, "cdk.out"));
const dynalite = await startDynalite();
afterAll(dynalite.stop);
const secretsManager = await startSecretsManager();
const eventBridge = await startEventBridge("activity");
const queue = await startQueue();

/** What each function answers to its event as it stands; accounts first, the others are about what it makes. */
const answers = {
  accounts: 201,
  "sign-in": 200,
  challenge: 401,
  sessions: 401,
  security: 401,
  totp: 401,
  "recovery-codes": 401,
  telegram: 401,
  phones: 401,
  "call-status": 401,
  health: 200,
  time: 200,
  "not-found": 405,
} satisfies Partial<Record<FunctionName, number>>;

type Answering = keyof typeof answers;
const names = Object.keys(answers) as Answering[];
const functions = Object.fromEntries(names.map((name) => [name, startDeployed(name)])) as Record<
  Answering,
  BundledFunction
>;

const readEvent = (name: FunctionName): unknown =>
  JSON.parse(readFileSync(join(events, `${name}.json`), "utf8"));

const eventOf = (name: Answering) => readEvent(name) as APIGatewayProxyEventV2;

/** Runs the event of the function, with what is new in it. */
const run = (name: Answering, changes: Partial<APIGatewayProxyEventV2> = {}) =>
  functions[name].invoke({ ...eventOf(name), ...changes });

const bodyOf = ({ body }: APIGatewayProxyStructuredResultV2): unknown => JSON.parse(body ?? "");
const cookieOf = ({ cookies }: APIGatewayProxyStructuredResultV2) => [
  cookies?.[0]?.split(";")[0] ?? "",
];

/** Events of other shapes, by what calls these functions; the last test of this file runs them. */
const others = [
  "telegram-webhook",
  "telegram-sender",
  "telegram-setup",
  "pages-setup",
  "dispatch-call",
  "send-sms",
  "synthetic-sign-in",
] as const;

test("no event is without a function that deploys and a test that runs it", () => {
  const all = [...names, ...others];
  expect(readdirSync(events).sort()).toEqual(all.map((name) => `${name}.json`).sort());
  expect([...bundledFunctionNames].sort()).toEqual([...all].sort());
});

/** The event of the sign-in is the demo account's, which a local stack has and this table has not. */
const putDemo = () => {
  const { body = "", ...event } = eventOf("accounts");
  const account = { ...(JSON.parse(body) as object), email: "demo@example.com" };
  return run("accounts", {
    ...event,
    pathParameters: { id: "demo" },
    body: JSON.stringify(account),
  });
};

test("every function answers its event as it stands", async () => {
  expect((await putDemo()).statusCode).toBe(201);
  for (const name of names) {
    const { statusCode, headers, body } = await run(name);
    expect([name, statusCode]).toEqual([name, answers[name]]);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-type": answers[name] < 400 ? "application/json" : "application/problem+json",
    });
    expect(headers).toHaveProperty(["X-Content-Type-Options"], "nosniff");
    if (answers[name] >= 400) {
      expect(JSON.parse(body ?? "")).toMatchObject({ requestId: "JKJaXmPLvHcESHA=" });
    }
  }
});

test("behind CloudFront people see their own address, and past it nobody sees one that was made up", async () => {
  const { headers, requestContext } = eventOf("sign-in");
  const edge = {
    requestContext: {
      ...requestContext,
      http: { ...requestContext.http, sourceIp: "192.0.2.200" },
    },
    headers: { ...headers, "cloudfront-viewer-address": "198.51.100.7:46532" },
  };
  const secret = valueOf(secretId("EDGE_SECRET_ID"));
  const addressSeen = async (sent: Record<string, string>) => {
    const cookies = cookieOf(
      await run("sign-in", { ...edge, headers: { ...edge.headers, ...sent } }),
    );
    const { sessions } = bodyOf(await run("sessions", { cookies })) as {
      sessions: { current: boolean; ip: string }[];
    };
    await run("sessions", { cookies, routeKey: "POST /v1/sign-out" });
    return sessions.find(({ current }) => current)?.ip;
  };
  expect(await addressSeen({ "x-twostep-edge": secret })).toBe("198.51.100.7");
  expect(await addressSeen({ "x-twostep-edge": "made up" })).toBe("192.0.2.200");
  expect(await addressSeen({})).toBe("192.0.2.200");
  const written = Object.values(functions).map(({ output }) => output());
  expect(written.join("")).not.toContain(secret);
});

test("signed in, enrolled and through the second step, from bundle to bundle", async () => {
  const cookies = cookieOf(await run("sign-in"));
  expect(bodyOf(await run("sessions", { cookies }))).toMatchObject({
    sessions: [{ device: "Firefox on Windows", ip: "203.0.113.7" }, {}],
  });
  const begun = await run("totp", { cookies });
  expect(begun.statusCode).toBe(201);
  const { id, secret, uri } = enrolTotp.answers[201].parse(bodyOf(begun));
  expect(uri).toMatch(/^otpauth:\/\/totp\/Twostep:demo/);
  const confirmed = await run("totp", {
    cookies,
    routeKey: "POST /v1/totp/{id}/confirm",
    pathParameters: { id },
    body: JSON.stringify({ code: totpCode(secret, Date.now()) }),
  });
  expect(bodyOf(confirmed)).toMatchObject({ secondStep: true });
  expect((await run("recovery-codes", { cookies })).statusCode).toBe(201);
  expect(bodyOf(await run("security", { cookies }))).toMatchObject({ recoveryCodes: { left: 10 } });

  const asked = await run("sign-in");
  expect(bodyOf(asked)).toMatchObject({ status: "second_step" });
  const challenge = { cookies: cookieOf(asked) };
  const next = totpCode(secret, Date.now() + 30_000);
  const entered = await run("challenge", { ...challenge, body: JSON.stringify({ code: next }) });
  expect(bodyOf(entered)).toEqual({ status: "signed_in" });
  expect((await run("security", { cookies: cookieOf(entered) })).statusCode).toBe(200);
  const told = eventBridge.events.map(({ detail }) => (detail as { activity: string }).activity);
  expect(told).toEqual(expect.arrayContaining(["totp_enabled", "challenge_opened", "signed_in"]));
  const jobs = queue.messages.map(({ body }) => JSON.parse(body) as unknown);
  expect(jobs).toMatchObject([{ kind: "close", accountId: "demo" }]);
});

test("every secret that their variables name was asked for, and what was logged is JSON alone", () => {
  const named = names.flatMap((name) =>
    Object.keys(deployed.get(name)?.variables ?? {}).filter((each) => each.endsWith("_SECRET_ID")),
  );
  expect([...secretsManager.asked].sort()).toEqual([...new Set(named)].sort().map(secretId));
  for (const { output } of Object.values(functions)) {
    for (const line of output().split("\n").filter(Boolean)) {
      if (line.includes('"_aws"')) {
        expect(JSON.parse(line)).toMatchObject({ service: "twostep" });
        continue;
      }
      expect(JSON.parse(line)).toMatchObject({
        level: expect.stringMatching(/^(INFO|WARN)$/) as string,
        service: "twostep",
      });
    }
  }
});

function secretId(variable: string): string {
  return `arn:aws:secretsmanager:eu-central-1:000000000000:secret:${variable}`;
}

test("Telegram's update is refused without the secret that the stack made, and taken with it", async () => {
  const webhook = startDeployed("telegram-webhook");
  const event = readEvent("telegram-webhook") as APIGatewayProxyEventV2;
  expect((await webhook.invoke(event)).statusCode).toBe(401);
  const secret = valueOf(secretId("TELEGRAM_WEBHOOK_SECRET_ID"));
  const headers = { ...event.headers, "x-telegram-bot-api-secret-token": secret };
  expect((await webhook.invoke({ ...event, headers })).statusCode).toBe(200);
});

test("a job for an account that is not there is handed back to the queue, and to it alone", async () => {
  const sender = startDeployed("telegram-sender");
  const invoke = (text: string) => sender.invoke(JSON.parse(text) as APIGatewayProxyEventV2);
  const text = JSON.stringify(readEvent("telegram-sender"));
  // A challenge that nobody remembers has nothing left to settle.
  expect(await invoke(text)).toEqual({ batchItemFailures: [] });
  expect(await invoke(text.replace(/ann/g, "nobody"))).toEqual({
    batchItemFailures: [{ itemIdentifier: "059f36b4-87a3-44ab-83d2-661975830a7d" }],
  });
});

test.each(["dispatch-call", "send-sms"] as const)(
  "%s ends the execution of a challenge that is over, and places nothing",
  async (name) => {
    const stepFunctions = createServer();
    await once(stepFunctions.listen(0, "127.0.0.1"), "listening");
    afterAll(() => stepFunctions.close());
    const asked = once(stepFunctions, "request") as Promise<[IncomingMessage, ServerResponse]>;
    const { port } = stepFunctions.address() as AddressInfo;
    const task = startDeployed(name, { AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${port}` });
    const event = readEvent(name) as { taskToken: string; accountId: string; ownerId: string };
    const { taskToken, accountId, ownerId } = event;
    const over = { accountId, ownerId, step: "over", waitSeconds: 0, listenSeconds: 0 };
    const done = task.invoke(event as unknown as APIGatewayProxyEventV2);
    const [request, response] = await asked;
    expect(request.headers["x-amz-target"]).toBe("AWSStepFunctions.SendTaskSuccess");
    expect(await json(request)).toEqual({ taskToken, output: JSON.stringify(over) });
    response.setHeader("content-type", "application/x-amz-json-1.0");
    response.end("{}");
    await done;
  },
);

test("CloudFormation is answered at the address that it gave, also before there is a bot", async () => {
  const setup = startDeployed("telegram-setup");
  const cloudFormation = createServer();
  await once(cloudFormation.listen(0, "127.0.0.1"), "listening");
  afterAll(() => cloudFormation.close());
  const asked = once(cloudFormation, "request") as Promise<[IncomingMessage, ServerResponse]>;
  const { port } = cloudFormation.address() as AddressInfo;
  const event = readEvent("telegram-setup") as Record<string, unknown>;
  const done = setup.invoke({
    ...event,
    ResponseURL: `http://127.0.0.1:${port}/`,
  } as unknown as APIGatewayProxyEventV2);
  const [request, response] = await asked;
  expect(await json(request)).toMatchObject({
    Status: "SUCCESS",
    LogicalResourceId: "TelegramBot",
  });
  response.end();
  await done;
});

test("a synthetic sign-in that reaches nothing ends all the same: Lambda would run it again at once", async () => {
  const nowhere = "http://127.0.0.1:9";
  const urls = { HOST_API_URL: nowhere, BROWSER_API_URL: nowhere };
  const run = startDeployed("synthetic-sign-in", urls);
  await run.invoke(readEvent("synthetic-sign-in") as APIGatewayProxyEventV2);
  expect(run.output()).toContain('"SyntheticSignInFailed":1');
});

/** The function with the variables that the template gives it, and those that Lambda itself does. */
function startDeployed(
  name: FunctionName,
  env: Readonly<Record<string, string>> = {},
): BundledFunction {
  const found = deployed.get(name);
  if (!found) throw new Error(`The template has no ${name}.`);
  const variables = Object.entries(found.variables).map(([variable, value]): [string, string] => [
    variable,
    typeof value === "string" ? value : stand(variable),
  ]);
  return startFunction(found.asset, {
    ...Object.fromEntries(variables),
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: eventBridge.endpoint,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    ...env,
  });
}

/** Stands for a parameter of the template or the name of a resource. */
function stand(variable: string): string {
  // Nobody listens there.
  if (variable.endsWith("_API_ROOT")) return "http://127.0.0.1:9";
  switch (variable) {
    case "EVENT_BUS_NAME":
      return "activity";
    case "TABLE_NAME":
      return dynalite.tableName;
    case "ALLOWED_ORIGINS":
      return "https://panel.example.com";
    case "SERVICE_NAME":
      return "Twostep";
    case "SIGN_IN_URL":
      return "/sign-in";
    case "TELEGRAM_QUEUE_URL":
      return queue.url;
    case "CALL_CARRIERS":
      return "ucaller";
    case "ALLOWED_COUNTRIES":
      return "all";
    case "SMS_SENDER_ID":
      return "";
    case "TELEGRAM_BOT_USERNAME":
      return "twostep_bot";
    default:
      return secretId(variable);
  }
}
