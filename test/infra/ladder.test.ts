import { join } from "node:path";
import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { expect, test } from "vitest";
import * as z from "zod";
import { defaultLimits } from "../../lib/limits.ts";
import { joined, ladderOf } from "./ladder-definition.ts";
import type { Retrier, Task } from "./ladder-definition.ts";
import { functionsOf, named, synthesize, theOnly } from "./synthesize.ts";

const { directory, template } = synthesize();
const functions = functionsOf(template, join(directory, "cdk.out"));
const ladder = ladderOf(template);
const tasks = Object.entries(ladder.States).flatMap(([name, state]) =>
  state.Type === "Task" ? [[name, state] as const] : [],
);

const lambdaErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
];
const whereLambdaFailed = {
  ErrorEquals: lambdaErrors,
  IntervalSeconds: 1,
  MaxAttempts: 2,
  BackoffRate: 2,
};
const ids = {
  "taskToken.$": "$$.Task.Token",
  "accountId.$": "$.accountId",
  "subjectId.$": "$.subjectId",
};

test("the tasks wait as long as the account thinks: sooner than that nothing goes out by itself", () => {
  const waits = Object.fromEntries(tasks.map(([name, task]) => [name, task.TimeoutSeconds]));
  const { callGapSeconds, smsGapSeconds } = defaultLimits.ladder;
  expect(waits).toEqual({ DispatchCall: callGapSeconds, SendSms: smsGapSeconds });
});

test("the ladder is three calls, then two SMS, and nothing else", () => {
  expect(ladder).toEqual({
    StartAt: "DispatchCall",
    TimeoutSeconds: 600,
    States: {
      DispatchCall: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: "Functionsdispatchcall", Payload: ids },
        TimeoutSeconds: 40,
        ResultPath: null,
        Retry: [
          {
            ErrorEquals: ["States.Timeout", "CallNotReceived"],
            IntervalSeconds: 1,
            MaxAttempts: 2,
            BackoffRate: 1,
          },
          whereLambdaFailed,
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "SendSms" }],
        End: true,
      },
      SendSms: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: "Functionssendsms", Payload: ids },
        TimeoutSeconds: 180,
        ResultPath: null,
        Retry: [
          {
            ErrorEquals: ["CallNotReceived"],
            IntervalSeconds: 1,
            MaxAttempts: 1,
            BackoffRate: 1,
          },
          whereLambdaFailed,
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Done" }],
        End: true,
      },
      Done: { Type: "Succeed" },
    },
  });
});

test.each(tasks)("%s is given ids and its token: no code, no number", (_, task) => {
  expect(Object.values(task.Parameters.Payload).sort()).toEqual([
    "$$.Task.Token",
    "$.accountId",
    "$.subjectId",
  ]);
});

test("every task has a limit of its own, and nothing is JSONata: the local interpreter would pass over it in silence", () => {
  for (const [, task] of tasks) expect(task.TimeoutSeconds).toBeGreaterThan(0);
  expect(JSON.stringify(ladder)).not.toMatch(/JSONata|QueryLanguage|Assign|Arguments|\{%/);
});

test("the longest climb ends by itself, within the ten minutes that a challenge lives", () => {
  const seconds = tasks.map(([name, task]) => longestSeconds(name, task));
  expect(seconds).toEqual([40 * 3 + 1 + 1 + (20 * 2 + 1 + 2), 180 * 2 + 1 + (10 * 2 + 1 + 2)]);
  expect(seconds.reduce((sum, each) => sum + each, 0)).toBeLessThan(600);
  expect(ladder.TimeoutSeconds).toBeLessThanOrEqual(600);
});

/** Every retrier used up, every attempt as slow as can be; what Lambda fails at ends with the function's own timeout. */
function longestSeconds(name: string, { Retry, TimeoutSeconds }: Task): number {
  const inFunction = name === "DispatchCall" ? "dispatch-call" : "send-sms";
  const timeout = z.number().parse(functions.get(inFunction)?.properties["Timeout"]);
  expect(timeout).toBeLessThan(TimeoutSeconds);
  const retries = Retry.map((retrier) => {
    const attempt = retrier.ErrorEquals.every((error) => /^(Lambda|Sandbox)\./.test(error))
      ? timeout
      : TimeoutSeconds;
    return attempt * retrier.MaxAttempts + pauseSeconds(retrier);
  });
  return TimeoutSeconds + retries.reduce((sum, each) => sum + each, 0);
}

function pauseSeconds({ IntervalSeconds, MaxAttempts, BackoffRate }: Retrier): number {
  const pauses = Array.from({ length: MaxAttempts }, (_, n) => IntervalSeconds * BackoffRate ** n);
  return pauses.reduce((sum, each) => sum + each, 0);
}

const failing = (name: string) => Object.assign(new Error(name), { name });

/** Climbs the template's own ladder: what each attempt ends with, in order; nothing: success. Returns the rungs that were tried. */
async function climb(...ends: string[]): Promise<string[]> {
  const tried: string[] = [];
  const rung = (name: string) => () => {
    const end = ends[tried.push(name) - 1];
    return end === undefined ? Promise.resolve({}) : Promise.reject(failing(end));
  };
  const input = { accountId: "an-account", subjectId: "a-challenge" };
  // The interpreter's types know no `null` paths; it does.
  const definition = ladder as unknown as StateMachineDefinition;
  const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
  const output = await machine.run(input, {
    context: { Task: { Token: "a-token" } },
    overrides: {
      taskResourceLocalHandlers: { DispatchCall: rung("call"), SendSms: rung("sms") },
      retryIntervalOverrides: { DispatchCall: 0, SendSms: 0 },
    },
  }).result;
  expect(output).toEqual(input);
  return tried;
}

const lost = "CallNotReceived";

test.each([
  { ends: [], rungs: "call" },
  { ends: [lost], rungs: "call call" },
  { ends: ["States.Timeout", lost], rungs: "call call call" },
  { ends: [lost, lost, lost], rungs: "call call call sms" },
  { ends: [lost, lost, lost, lost], rungs: "call call call sms sms" },
  { ends: [lost, lost, lost, lost, lost], rungs: "call call call sms sms" },
  { ends: ["CallsOver"], rungs: "call sms" },
  { ends: ["CallsOver", "States.Timeout"], rungs: "call sms" },
  { ends: ["Lambda.Unknown", lost, lost, lost], rungs: "call call call call sms" },
  { ends: ["SomethingElse", "SomethingElse"], rungs: "call sms" },
])("where attempts end with $ends, the ladder tries: $rungs", async ({ ends, rungs }) => {
  expect((await climb(...ends)).join(" ")).toBe(rungs);
});

test("the machine is a standard one, goes by the name that every function has, and writes no log", () => {
  const machine = theOnly(template, "AWS::StepFunctions::StateMachine").Properties;
  expect(Object.keys(machine).sort()).toEqual([
    "DefinitionString",
    "RoleArn",
    "StateMachineName",
    "TracingConfiguration",
  ]);
  expect(named(machine["RoleArn"])).toBe("LadderRole");
  const name = joined(machine["StateMachineName"]);
  expect(name).toBe("AWS::StackName-Ladder");
  const arn = `arn:aws:states:AWS::Region:AWS::AccountId:stateMachine:${name}`;
  const told = [...functions.values()].filter(({ variables }) => "LADDER_ARN" in variables);
  expect(told.map(({ variables }) => joined(variables["LADDER_ARN"]))).toEqual(told.map(() => arn));
});
