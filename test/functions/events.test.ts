import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll, expect, test } from "vitest";
import { functionNames, type FunctionName } from "../../infra/functions.ts";
import { enrolTotp } from "../../lib/contract/totp.ts";
import { functionsOf, synthesize } from "../infra/synthesize.ts";
import { startDynalite } from "../support/dynalite.ts";
import { totpCode } from "../support/service-totp.ts";
import { startFunction, type BundledFunction } from "./bundled-function.ts";
import { startSecretsManager } from "./secrets-manager.ts";

const events = fileURLToPath(new URL("../../events", import.meta.url));
const { directory, template } = synthesize();
const deployed = functionsOf(template, join(directory, "cdk.out"));
const dynalite = await startDynalite();
afterAll(dynalite.stop);
const secretsManager = await startSecretsManager();

/** What each function answers to its event as it stands; accounts first, the others are about what it makes. */
const answers = {
  accounts: 201,
  "sign-in": 200,
  challenge: 401,
  sessions: 401,
  security: 401,
  totp: 401,
  "recovery-codes": 401,
  time: 200,
  "not-found": 405,
} satisfies Partial<Record<FunctionName, number>>;

type Answering = keyof typeof answers;
const names = Object.keys(answers) as Answering[];
const functions = Object.fromEntries(names.map((name) => [name, startDeployed(name)])) as Record<
  Answering,
  BundledFunction
>;

const eventOf = (name: Answering) =>
  JSON.parse(readFileSync(join(events, `${name}.json`), "utf8")) as APIGatewayProxyEventV2;

/** Runs the event of the function, with what is new in it. */
const run = (name: Answering, changes: Partial<APIGatewayProxyEventV2> = {}) =>
  functions[name].invoke({ ...eventOf(name), ...changes });

const bodyOf = ({ body }: APIGatewayProxyStructuredResultV2): unknown => JSON.parse(body ?? "");
const cookieOf = ({ cookies }: APIGatewayProxyStructuredResultV2) => [
  cookies?.[0]?.split(";")[0] ?? "",
];

test("no event is without a function that deploys and a test that runs it", () => {
  expect(readdirSync(events).sort()).toEqual(names.map((name) => `${name}.json`).sort());
  expect(functionNames).toEqual(expect.arrayContaining(names));
});

test("every function answers its event as it stands", async () => {
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

test("signed in, enrolled and through the second step, from bundle to bundle", async () => {
  const cookies = cookieOf(await run("sign-in"));
  expect(bodyOf(await run("sessions", { cookies }))).toMatchObject({
    sessions: [{ device: "Firefox on Windows", ip: "203.0.113.7" }, {}],
  });
  const begun = await run("totp", { cookies });
  expect(begun.statusCode).toBe(201);
  const { id, secret, uri } = enrolTotp.answers[201].parse(bodyOf(begun));
  expect(uri).toMatch(/^otpauth:\/\/totp\/Twostep:ann/);
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
});

test("every secret that their variables name was asked for, and what was logged is JSON alone", () => {
  const named = names.flatMap((name) =>
    Object.keys(deployed.get(name)?.variables ?? {}).filter((each) => each.endsWith("_SECRET_ID")),
  );
  expect([...secretsManager.asked].sort()).toEqual([...new Set(named)].sort().map(secretId));
  for (const { output } of Object.values(functions)) {
    for (const line of output().split("\n").filter(Boolean)) {
      expect(JSON.parse(line)).toMatchObject({ level: "INFO", service: "twostep" });
    }
  }
});

function secretId(variable: string): string {
  return `arn:aws:secretsmanager:eu-central-1:000000000000:secret:${variable}`;
}

/** The function with the variables that the template gives it, and those that Lambda itself does. */
function startDeployed(name: Answering): BundledFunction {
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
  });
}

/** Stands for a parameter of the template or the name of a resource. */
function stand(variable: string): string {
  switch (variable) {
    case "TABLE_NAME":
      return dynalite.tableName;
    case "ALLOWED_ORIGINS":
      return "https://panel.example.com";
    case "SERVICE_NAME":
      return "Twostep";
    case "SIGN_IN_URL":
      return "/sign-in";
    default:
      return secretId(variable);
  }
}
