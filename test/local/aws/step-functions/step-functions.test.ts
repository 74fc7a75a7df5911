import { SendTaskSuccessCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { createTaskTokens } from "../../../../local/aws/step-functions/task-tokens.ts";
import { aFallback, anSfnClient, executions, MACHINE_ARN } from "../../support/fallback.ts";
import { aStack } from "../../support/stack.ts";

// The SDK's own client against the local Step Functions: it makes errors of what it knows.

async function aClient() {
  const stack = await aStack(aFallback());
  return { ...stack, client: anSfnClient(stack.endpoints.stepFunctions) };
}

const INPUT = '{"accountId":"ann"}';

const aStart = (more = {}) =>
  new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: "run", input: INPUT, ...more });

test("the same name and input as one that runs is that one, anything else is refused", async () => {
  const { url, client } = await aClient();
  const starts = await Promise.all(Array.from({ length: 10 }, () => client.send(aStart())));
  expect(new Set(starts.map(({ executionArn }) => executionArn)).size).toBe(1);
  expect(new Set(starts.map(({ startDate }) => startDate?.getTime())).size).toBe(1);
  const [{ startDate } = { startDate: undefined }] = starts;
  expect(Math.abs((startDate?.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
  await expect(client.send(aStart({ input: "{}" }))).rejects.toMatchObject({
    name: "ExecutionAlreadyExists",
    $metadata: { httpStatusCode: 400 },
  });
  expect(await executions(url)).toHaveLength(1);
});

test("who gives no name gets one", async () => {
  const { url, client } = await aClient();
  await client.send(aStart({ name: undefined }));
  await client.send(aStart({ name: undefined }));
  const names = (await executions(url)).map(({ name }) => name);
  expect(new Set(names).size).toBe(2);
});

test.each([
  [{ stateMachineArn: `${MACHINE_ARN}2` }, "StateMachineDoesNotExist"],
  [{ stateMachineArn: "Climb" }, "InvalidArn"],
  [{ name: "" }, "InvalidName"],
  [{ name: "a b" }, "InvalidName"],
  [{ name: "a/b" }, "InvalidName"],
  [{ name: "a".repeat(81) }, "InvalidName"],
  [{ input: "no" }, "InvalidExecutionInput"],
  [{ input: `"${"x".repeat(262_144)}"` }, "InvalidExecutionInput"],
])("a start with %j is refused: %s", async (wrong, name) => {
  const { client, url } = await aClient();
  await expect(client.send(aStart(wrong))).rejects.toMatchObject({ name });
  expect(await executions(url)).toEqual([]);
});

const aToken = () => createTaskTokens().open(`${MACHINE_ARN}:never`, () => undefined);

test.each([
  ["what is no token", "abc", "{}", "InvalidToken"],
  ["a token of nobody's", aToken(), "{}", "TaskDoesNotExist"],
  ["an output that is no JSON", aToken(), "no", "InvalidOutput"],
  ["an empty token", "", "{}", "ValidationException"],
])("%s is refused", async (_, taskToken, output, name) => {
  const { client } = await aClient();
  const command = new SendTaskSuccessCommand({ taskToken, output });
  await expect(client.send(command)).rejects.toMatchObject({ name });
});

test("other operations and web pages are refused", async () => {
  const { endpoints } = await aClient();
  const post = (headers: Record<string, string>) =>
    fetch(endpoints.stepFunctions, { method: "POST", headers, body: "{}" });
  const unknown = await post({ "x-amz-target": "AWSStepFunctions.DeleteStateMachine" });
  expect([unknown.status, await unknown.json()]).toMatchObject([
    400,
    { __type: expect.stringContaining("UnknownOperation") as string },
  ]);
  const page = await post({
    origin: "https://evil.example",
    "x-amz-target": "AWSStepFunctions.StartExecution",
  });
  expect(page.status).toBe(403);
});
