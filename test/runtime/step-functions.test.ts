import { SFNClient } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { sfnFallbackMachine } from "../../lib/runtime/sfn-fallback-machine.ts";
import { aCarrierServer, type Respond } from "../phone/support/carrier-server.ts";
import { accountId, challengeId } from "../support/ids.ts";

const arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:Fallback";
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

test("an execution is named after its owner and run, and carries ids alone", async () => {
  const { machine, requests } = await aMachine(answers({ executionArn: arn, startDate: 0 }));
  await machine.start(account, owner, 3);
  expect(requests()).toEqual([
    [
      "StartExecution",
      {
        stateMachineArn: arn,
        name: "chal_1-3",
        input: '{"accountId":"ann","ownerId":"chal_1"}',
      },
    ],
  ]);
});

test("one that is there already has been started: a lost answer makes no second one", async () => {
  const { machine } = await aMachine(fails("ExecutionAlreadyExists"));
  await expect(machine.start(account, owner, 1)).resolves.toBeUndefined();
});

test("a task is woken by the errors that the definition names, and ended by an empty success", async () => {
  const { machine, requests } = await aMachine(answers({}));
  expect(await machine.move("token", "next")).toBe("moved");
  expect(await machine.move("token", "calls_over")).toBe("moved");
  await machine.end("token");
  expect(requests()).toEqual([
    ["SendTaskFailure", { taskToken: "token", error: "CallNotReceived" }],
    ["SendTaskFailure", { taskToken: "token", error: "CallsOver" }],
    ["SendTaskSuccess", { taskToken: "token", output: "{}" }],
  ]);
});

test.each(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])(
  "%s: nobody waits by this token, which is no fault",
  async (type) => {
    const { machine } = await aMachine(fails(type));
    expect(await machine.move("token", "next")).toBe("gone");
    await expect(machine.end("token")).resolves.toBeUndefined();
  },
);

test.each([
  ["StateMachineDoesNotExist", 400],
  ["ThrottlingException", 400],
  ["AccessDeniedException", 400],
  ["InternalServerError", 500],
])("%s is a fault", async (type, status) => {
  const { machine } = await aMachine(fails(type, status));
  await expect(machine.start(account, owner, 1)).rejects.toThrow();
  await expect(machine.move("token", "next")).rejects.toThrow();
  await expect(machine.end("token")).rejects.toThrow();
});

test("every owner's name fits: 80 characters of an execution's name hold the longest id that we make", () => {
  const longest = `phone_${Buffer.alloc(16, 0xff).toString("base64url")}`;
  expect(`${longest}-9999`.length).toBeLessThanOrEqual(80);
  expect(`${longest}-9999`).toMatch(/^[A-Za-z0-9_-]+$/);
});
