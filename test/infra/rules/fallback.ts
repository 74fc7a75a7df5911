import { expect } from "vitest";
import * as z from "zod";
import { defaultLimits } from "../../../lib/settings/limits.ts";
import { fallbackOf } from "../fallback-definition.ts";
import type { Retrier, Task } from "../fallback-definition.ts";
import { readable } from "../readable.ts";
import { settingsOfOnly } from "../synthesize.ts";
import { fallbackArn } from "./access.ts";
import type { Rules } from "./rule.ts";

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
  "ownerId.$": "$.ownerId",
};

function pauseSeconds({ IntervalSeconds, MaxAttempts, BackoffRate }: Retrier): number {
  const pauses = Array.from({ length: MaxAttempts }, (_, n) => IntervalSeconds * BackoffRate ** n);
  return pauses.reduce((sum, each) => sum + each, 0);
}

export const fallbackRules: Rules = ({ template, functions }, rule) => {
  const fallback = fallbackOf(template);

  const tasks = Object.entries(fallback.States).flatMap(([name, state]) =>
    state.Type === "Task" ? [[name, state] as const] : [],
  );

  rule(
    "the tasks wait as long as the account thinks: sooner than that nothing goes out by itself",
    () => {
      const waits = Object.fromEntries(tasks.map(([name, task]) => [name, task.TimeoutSeconds]));
      const { callGapSeconds, smsGapSeconds } = defaultLimits.fallback;
      expect(waits).toEqual({ DispatchCall: callGapSeconds, SendSms: smsGapSeconds });
    },
  );

  rule("the fallback is three calls, then two SMS, and nothing else", () => {
    expect(fallback).toEqual({
      StartAt: "DispatchCall",
      TimeoutSeconds: 600,
      States: {
        DispatchCall: {
          Type: "Task",
          Resource: "arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken",
          Parameters: { FunctionName: "${Functionsdispatchcall.Arn}", Payload: ids },
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
          Resource: "arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken",
          Parameters: { FunctionName: "${Functionssendsms.Arn}", Payload: ids },
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

  for (const [name, task] of tasks) {
    rule(`${name} is given ids and its token: no code, no number`, () => {
      expect(Object.values(task.Parameters.Payload).sort()).toEqual([
        "$$.Task.Token",
        "$.accountId",
        "$.ownerId",
      ]);
    });
  }

  rule(
    "every task has a limit of its own, and nothing is JSONata: the local interpreter would pass over it in silence",
    () => {
      for (const [, task] of tasks) expect(task.TimeoutSeconds).toBeGreaterThan(0);
      expect(JSON.stringify(fallback)).not.toMatch(/JSONata|QueryLanguage|Assign|Arguments|\{%/);
    },
  );

  rule("the longest climb ends by itself, within the ten minutes that a challenge lives", () => {
    const seconds = tasks.map(([name, task]) => longestSeconds(name, task));
    expect(seconds).toEqual([40 * 3 + 1 + 1 + (20 * 2 + 1 + 2), 180 * 2 + 1 + (10 * 2 + 1 + 2)]);
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBeLessThan(600);
    expect(fallback.TimeoutSeconds).toBeLessThanOrEqual(600);
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

  rule(
    "the machine is a standard one that goes by the name that every function has, and writes no log",
    () => {
      expect({
        ...settingsOfOnly(template, "AWS::StepFunctions::StateMachine"),
        DefinitionString: undefined,
      }).toEqual({
        RoleArn: "${FallbackRole.Arn}",
        StateMachineName: "${AWS::StackName}-Fallback",
        TracingConfiguration: { Enabled: false },
      });
      for (const { variables } of functions.values()) {
        if ("FALLBACK_ARN" in variables)
          expect(readable(variables["FALLBACK_ARN"])).toBe(fallbackArn);
      }
    },
  );
};
