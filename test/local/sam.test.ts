import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { findContainerHost } from "../../local/aws/sam/container-host.ts";
import { startRelay } from "../../local/aws/sam/relay.ts";
import { localStackName } from "../../local/twostep/local-stacks.ts";
import { samCommands } from "../../local/twostep/sam-commands.ts";
import { portsOf, samEnvironment } from "../../local/aws/sam/sam-environment.ts";
import { startStack } from "../../local/stack.ts";
import { stacks } from "../../twostep.config.ts";
import { startFunction } from "../functions/bundled-function.ts";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";

const events = new URL("../../events/", import.meta.url);
const readEvent = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, events), "utf8")) as APIGatewayProxyEventV2;

/** An address of this machine at which nothing of the stack listens, as a container's is. */
const elsewhere = "127.0.0.2";

/** Functions as SAM runs them: with the variables that the template declares, Lambda's own, and no way to 127.0.0.1. */
const samFunctions = async () => {
  const stack = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
    origins: ["https://panel.example.com"],
  });
  onTestFinished(stack.stop);
  for (const port of portsOf(stack.endpoints))
    onTestFinished(await startRelay(elsewhere, Number(port)));
  const environment = samEnvironment(stack.functions, stack.endpoints, elsewhere);
  return (folder: string) => {
    const id = folder.replaceAll("-", "");
    const plan = stack.functions.find(({ name }) =>
      new RegExp(`^Functions${id}[0-9A-F]{8}$`).test(name),
    );
    const variables = environment[plan?.name ?? ""];
    if (!plan || !variables) throw new Error(`No function for ${folder}.`);
    expect(Object.keys(variables).sort()).toEqual(Object.keys(plan.environment).sort());
    return startFunction(plan.codeDirectory, {
      ...variables,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "defaultkey",
      AWS_SECRET_ACCESS_KEY: "defaultsecret",
      TZ: ":/etc/localtime",
    });
  };
};

test("a function that SAM runs finds the services of this machine by the template's own variables, from where 127.0.0.1 is another", async () => {
  const functionOf = await samFunctions();
  const signIn = functionOf("sign-in");
  const answer = await signIn.invoke(readEvent("sign-in"));
  expect(answer).toMatchObject({ statusCode: 200, body: '{"status":"signed_in"}' });
  expect(signIn.output()).not.toContain("127.0.0.1");
  expect(signIn.output()).not.toContain("time zone");
});

test("every event is one that its function takes, and none ends as a fault", async () => {
  const functionOf = await samFunctions();
  const names = (await readdir(events)).map((each) => each.replace(/\.json$/, ""));
  const answers: Record<string, unknown> = {};
  for (const name of names) {
    // They end with an answer to CloudFormation, which waits for none here.
    if (name === "telegram-setup" || name === "pages-setup") continue;
    const answer: unknown = await functionOf(name).invoke(readEvent(name));
    answers[name] =
      typeof answer === "object" && answer !== null && "statusCode" in answer
        ? answer.statusCode
        : answer;
  }
  expect(answers).toEqual({
    accounts: 201,
    "call-status": 401,
    challenge: 401,
    "dispatch-call": undefined,
    "not-found": 405,
    phones: 401,
    "recovery-codes": 401,
    security: 401,
    "send-sms": undefined,
    sessions: 401,
    "sign-in": 200,
    telegram: 401,
    "synthetic-sign-in": undefined,
    "telegram-sender": { batchItemFailures: [] },
    "telegram-webhook": 401,
    health: 200,
    time: 200,
    totp: 401,
  });
}, 60_000);

test("an event's body is as long as its header says", async () => {
  for (const file of await readdir(events)) {
    const { body, headers } = JSON.parse(
      await readFile(new URL(file, events), "utf8"),
    ) as Partial<APIGatewayProxyEventV2>;
    const length = headers?.["content-length"];
    if (length !== undefined)
      expect([file, Buffer.byteLength(body ?? "")]).toEqual([file, Number(length)]);
  }
});

test("what plays the services listens for containers at an address of this machine, and at no other", async () => {
  const nobodys = "203.0.113.1";
  expect(await findContainerHost(nobodys)).toEqual({ host: nobodys, listen: undefined });
  const desktop = "host.docker.internal";
  expect(await findContainerHost(desktop)).toEqual({ host: desktop, listen: undefined });
  // There they listen themselves.
  expect(await findContainerHost("127.0.0.1")).toEqual({ host: "127.0.0.1", listen: undefined });
  const { host, listen } = await findContainerHost();
  expect([
    ["172.17.0.1", "172.17.0.1"],
    [desktop, undefined],
  ]).toContainEqual([host, listen]);
});

test("the services refuse a name for containers that they would not answer under", async () => {
  const { code, stderr } = await run("local/backing.ts", ["--host", "evil.example.com"]).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^evil\.example\.com is neither an IPv4 address nor a name/);
});

test("the services of SAM's functions write the environment and say what to type, which docs/sam.md says too", async () => {
  const dataDir = await aFolder();
  const backing = run("local/backing.ts", [
    "--port",
    "0",
    "--data",
    dataDir,
    "--host",
    "host.docker.internal",
  ]);
  let said = "";
  backing.child.stdout?.on("data", (text: Buffer) => (said += text.toString()));
  await vi.waitFor(() => expect(said).toContain("sam local start-api"), 30_000);
  backing.child.kill("SIGINT");
  expect((await backing.ended).code).toBe(0);
  const written = decodeURIComponent(await readFile(join(dataDir, "sam-env.json"), "utf8"));
  expect(written).toMatch(/AWS_ENDPOINT_URL_DYNAMODB\\*":\\*"http:\/\/host\.docker\.internal:\d+/);

  const page = await readFile(new URL("../../docs/sam.md", import.meta.url), "utf8");
  for (const command of samCommands(".twostep", localStackName(stacks)))
    expect(page).toContain(`\n${command}\n`);
}, 60_000);
