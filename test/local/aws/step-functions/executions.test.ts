import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { aFallback, anSfnClient, CLIMB, ended, executions } from "../../support/fallback.ts";
import { MACHINE_ARN, payloadsOf } from "../../support/fallback.ts";
import type { Shown } from "../../support/fallback.ts";
import { logged } from "../../support/people.ts";
import { advance, aStack } from "../../support/stack.ts";

async function aRunningFallback(definition?: unknown, dataDir?: string) {
  const stack = await aStack(aFallback(definition), dataDir === undefined ? {} : { dataDir });
  const client = anSfnClient(stack.endpoints.stepFunctions);
  return {
    ...stack,
    start: (accountId: string, name = `run-of-${accountId}`) => {
      const input = JSON.stringify({ accountId });
      return client.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input }));
    },
    succeed: (taskToken: string) =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" })),
    fail: (taskToken: string, error: string) =>
      client.send(new SendTaskFailureCommand({ taskToken, error })),
    /** The attempts, once there are so many. */
    attempts: async (count: number) => payloadsOf(await logged(stack.url, "payload", count)),
  };
}

const attemptsOf = (payloads: readonly { attempt: string }[]) =>
  payloads.map(({ attempt }) => attempt);
const typesOf = ({ history }: Shown) => history.map(({ type }) => type);

test("a task gets what its payload says, and its token's success ends the execution", async () => {
  const { url, start, attempts, succeed } = await aRunningFallback();
  const { executionArn } = await start("ann");
  expect(executionArn).toBe(
    "arn:aws:states:us-east-1:000000000000:execution:local-Climb:run-of-ann",
  );
  const [payload] = await attempts(1);
  expect(payload).toEqual({
    attempt: "Call",
    taskToken: expect.stringMatching(/^AAAA[\w-]{60,}$/) as string,
    accountId: "ann",
    nested: { execution: "run-of-ann", retries: 0 },
  });
  await expect.poll(async () => (await executions(url))[0]?.history.length).toBe(5);
  expect(await executions(url)).toMatchObject([{ status: "RUNNING", stoppedAt: null }]);

  await succeed(payload?.taskToken ?? "");
  const done = await ended(url);
  const { at } = done.history.at(-1) ?? { at: "" };
  expect(done).toMatchObject({ name: "run-of-ann", input: { accountId: "ann" }, stoppedAt: at });
  expect(done.history.map(({ type, state }) => [type, state])).toEqual([
    ["ExecutionStarted", null],
    ["TaskStateEntered", "Call"],
    ["TaskScheduled", "Call"],
    ["TaskStarted", "Call"],
    ["TaskSubmitted", "Call"],
    ["TaskSucceeded", "Call"],
    ["TaskStateExited", "Call"],
    ["ExecutionSucceeded", null],
  ]);
  expect(JSON.stringify(await executions(url))).not.toContain(payload?.taskToken);
});

test("the clock alone leads from attempt to attempt, with a fresh token each", async () => {
  const { url, start, attempts } = await aRunningFallback();
  await start("ann");
  await attempts(1);
  await advance(url, 39);
  expect(await attempts(1)).toHaveLength(1);
  // The timeout, and the second that the retrier waits.
  for (const count of [2, 3, 4]) {
    await advance(url, count === 2 ? 2 : 41);
    expect(attemptsOf(await attempts(count))).toEqual(
      ["Call", "Call", "Call", "Sms"].slice(0, count),
    );
  }
  const tried = await attempts(4);
  expect(new Set(tried.map(({ taskToken }) => taskToken)).size).toBe(4);
  expect(tried.map(({ nested }) => nested)).toMatchObject([
    { retries: 0 },
    { retries: 1 },
    { retries: 2 },
    { retries: 0 },
  ]);
  await advance(url, 180);
  const done = await ended(url);
  expect(typesOf(done).filter((type) => type === "TaskTimedOut")).toHaveLength(4);
  expect(typesOf(done).slice(-3)).toEqual([
    "SucceedStateEntered",
    "SucceedStateExited",
    "ExecutionSucceeded",
  ]);
  await advance(url, 700);
  expect(await attempts(4)).toHaveLength(4);
});

test("without a move of the clock, a pause passes by itself", async () => {
  const { start, attempts, fail } = await aRunningFallback();
  await start("ann");
  const [first] = await attempts(1);
  const began = performance.now();
  await fail(first?.taskToken ?? "", "CallNotReceived");
  expect(attemptsOf(await attempts(2))).toEqual(["Call", "Call"]);
  expect(performance.now() - began).toBeGreaterThan(900);
});

test("failures that a token brings move the fallback: a repeated call, or straight to what catches them", async () => {
  const { url, start, attempts, fail, succeed } = await aRunningFallback();
  await start("ann");
  const [first] = await attempts(1);
  await fail(first?.taskToken ?? "", "CallNotReceived");
  const [, second] = await attempts(2);
  await fail(second?.taskToken ?? "", "CallsOver");
  const [, , sms] = await attempts(3);
  expect(sms).toMatchObject({ attempt: "Sms", accountId: "ann" });
  await succeed(sms?.taskToken ?? "");
  expect(typesOf(await ended(url)).filter((type) => type.startsWith("TaskFailed"))).toHaveLength(2);
});

test("a token is answered once, and never after its time", async () => {
  const { url, start, attempts, succeed, fail } = await aRunningFallback();
  await start("ann");
  const [late] = await attempts(1);
  await advance(url, 41);
  const [, used] = await attempts(2);
  const token = used?.taskToken ?? "";
  const answers = [succeed(token), fail(token, "CallNotReceived"), succeed(token), succeed(token)];
  const outcomes = await Promise.allSettled(answers);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of [late?.taskToken ?? "", token])
    await expect(succeed(each)).rejects.toMatchObject({
      name: "TaskTimedOut",
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
});

test.each([
  ["throws", ["Call", "Sms"]],
  ["exits", ["Call", "Call", "Sms"]],
  ["hangs", ["Call", "Sms"]],
])(
  "a function that %s fails its attempt, by a name that retriers and catchers know",
  async (account, states) => {
    const { url, start, attempts } = await aRunningFallback();
    await start(account);
    // A process that exits takes its last lines along.
    if (account === "exits") await ended(url);
    else expect(attemptsOf(await attempts(states.length))).toEqual(states);
    const done = await ended(url);
    const scheduled = done.history.filter(({ type }) => type === "TaskScheduled");
    expect(scheduled.map(({ state }) => state)).toEqual(states);
  },
);

test("the machine's own timeout ends whatever waits, also when the clock leaps over everything", async () => {
  const { url, start, attempts, succeed } = await aRunningFallback();
  await start("ann");
  const [payload] = await attempts(1);
  await advance(url, 660);
  const done = await ended(url, "TIMED_OUT");
  expect(typesOf(done).slice(-2)).toEqual(["TaskTimedOut", "ExecutionTimedOut"]);
  expect(await attempts(1)).toHaveLength(1);
  await expect(succeed(payload?.taskToken ?? "")).rejects.toMatchObject({ name: "TaskTimedOut" });

  const slow = { ...CLIMB, TimeoutSeconds: 30 };
  const second = await aRunningFallback(slow);
  await second.start("bob");
  await second.attempts(1);
  await advance(second.url, 30);
  expect(typesOf(await ended(second.url, "TIMED_OUT")).at(-1)).toBe("ExecutionTimedOut");
});

test("an input without what the payload wants fails the execution", async () => {
  const { url, endpoints } = await aRunningFallback();
  const client = anSfnClient(endpoints.stepFunctions);
  await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN }));
  expect(typesOf(await ended(url, "FAILED"))).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "TaskFailed",
    "ExecutionFailed",
  ]);
});

test("executions outlive a restart; those under way are aborted, and their names stay taken", async () => {
  const first = await aRunningFallback();
  await first.start("done");
  const [done] = await first.attempts(1);
  await first.succeed(done?.taskToken ?? "");
  await first.start("ann");
  const [, waiting] = await first.attempts(2);
  await first.stop();

  const second = await aRunningFallback(CLIMB, first.dataDir);
  const [aborted, succeeded, ...others] = await executions(second.url);
  expect(others).toEqual([]);
  expect(succeeded).toMatchObject({ name: "run-of-done", status: "SUCCEEDED" });
  expect(aborted).toMatchObject({ name: "run-of-ann", status: "ABORTED" });
  expect(aborted?.history.at(-1)).toEqual({
    type: "ExecutionAborted",
    state: null,
    at: aborted?.stoppedAt,
  });
  await expect(second.succeed(waiting?.taskToken ?? "")).rejects.toMatchObject({
    name: "TaskTimedOut",
  });
  await expect(second.start("ann")).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  await advance(second.url, 700);
  expect(await executions(second.url)).toHaveLength(2);
  await second.start("ann", "another");
  expect(attemptsOf(await second.attempts(1))).toEqual(["Call"]);
});
