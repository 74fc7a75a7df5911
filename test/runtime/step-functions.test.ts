import { SFNClient } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { sfnFallbackMachine } from "../../lib/runtime/sfn-fallback-machine.ts";
import { aCarrierServer, type Respond } from "../phone/support/carrier-server.ts";
import { accountId, challengeId } from "../support/ids.ts";

const arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:Fallback";
const calls = { kind: "send", channel: "call", waitSeconds: 0 } as const;
const [account, owner] = [accountId("ann"), challengeId("chal_1")];

const answers =
  (body: object, status = 200): Respond =>
  (_, response) =>
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.0" })
      .end(JSON.stringify(body));
const fails = (type: string, status = 400) => answers({ __type: type, message: "m" }, status);

const aMachine = async (respond: Respond) => {
  const { baseUrl: endpoint, asked } = await aCarrierServer(respond);
  const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
  const client = new SFNClient({ endpoint, region: "eu-central-1", credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  const requests = () =>
    asked.map(({ headers, body }): [string, unknown] => [
      String(headers["x-amz-target"]).replace("AWSStepFunctions.", ""),
      JSON.parse(body),
    ]);
  return { machine: sfnFallbackMachine(client, arn), requests };
};

const ids = { accountId: "ann", ownerId: "chal_1" };
const over = JSON.stringify({ step: "over", waitSeconds: 0, listenSeconds: 0 });
const send = JSON.stringify({ ...ids, step: "call", waitSeconds: 0, listenSeconds: 0 });

test("an execution is named after its owner and run, and carries ids, a step and seconds alone", async () => {
  const { machine, requests } = await aMachine(answers({ executionArn: arn, startDate: 0 }));
  await machine.start(account, owner, 3, calls);
  expect(requests()).toEqual([
    [
      "StartExecution",
      {
        stateMachineArn: arn,
        name: "chal_1-3",
        input: send,
      },
    ],
  ]);
});

test("one that is there already has been started: a lost answer makes no second one", async () => {
  const { machine } = await aMachine(fails("ExecutionAlreadyExists"));
  await expect(machine.start(account, owner, 1, calls)).resolves.toBeUndefined();
});

test("a task is woken by the error that the definition names, and goes on or ends by a success that says the step", async () => {
  const { machine, requests } = await aMachine(answers({}));
  expect(await machine.move("token")).toBe("moved");
  await machine.goOn("token", { accountId: account, ownerId: owner }, calls);
  await machine.end("token");
  expect(requests()).toEqual([
    ["SendTaskFailure", { taskToken: "token", error: "CallNotReceived" }],
    ["SendTaskSuccess", { taskToken: "token", output: send }],
    ["SendTaskSuccess", { taskToken: "token", output: over }],
  ]);
});

test.each(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])(
  "%s: nobody waits by this token, which is no fault",
  async (type) => {
    const { machine } = await aMachine(fails(type));
    expect(await machine.move("token")).toBe("gone");
    await expect(machine.end("token")).resolves.toBeUndefined();
    await expect(
      machine.goOn("token", { accountId: account, ownerId: owner }, calls),
    ).resolves.toBeUndefined();
  },
);

test.each([
  ["StateMachineDoesNotExist", 400],
  ["ThrottlingException", 400],
  ["AccessDeniedException", 400],
  ["InternalServerError", 500],
])("%s is a fault", async (type, status) => {
  const { machine } = await aMachine(fails(type, status));
  await expect(machine.start(account, owner, 1, calls)).rejects.toThrow();
  await expect(machine.move("token")).rejects.toThrow();
  await expect(machine.end("token")).rejects.toThrow();
});

test("every owner's name fits: 80 characters of an execution's name hold the longest id that we make", () => {
  const longest = `phone_${Buffer.alloc(16, 0xff).toString("base64url")}`;
  expect(`${longest}-9999`.length).toBeLessThanOrEqual(80);
  expect(`${longest}-9999`).toMatch(/^[A-Za-z0-9_-]+$/);
});
