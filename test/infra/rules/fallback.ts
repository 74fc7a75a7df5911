import { expect } from "vitest";
import * as z from "zod";
import { defaultLimits } from "../../../lib/settings/limits.ts";
import { fallbackDefinition } from "../../../infra/constructs/fallback-definition.ts";
import { fallbackOf } from "../fallback-definition.ts";
import { readable } from "../readable.ts";
import { settingsOfOnly } from "../synthesize.ts";
import { fallbackArn } from "./access.ts";
import type { Rules } from "./rule.ts";

const ids = {
  "accountId.$": "$.accountId",
  "ownerId.$": "$.ownerId",
  "execution.$": "$$.Execution.Name",
};

const afterAnyFault = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 15,
  MaxAttempts: 500,
  JitterStrategy: "FULL",
};

/** What somebody said, or the gap that has passed. */
const news = ["States.Timeout", "CallNotReceived"];

const sending = (functionName: string, TimeoutSeconds: number) => ({
  Type: "Task",
  Resource: "arn:${AWS::Partition}:states:::lambda:invoke",
  Parameters: { FunctionName: `\${${functionName}.Arn}`, Payload: { task: "send", ...ids } },
  TimeoutSeconds,
  OutputPath: "$.Payload",
  Retry: [afterAnyFault],
  Next: "Pause",
});

const listening = (functionName: string, next: string) => ({
  Type: "Task",
  Resource: "arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken",
  Parameters: {
    FunctionName: `\${${functionName}.Arn}`,
    Payload: { task: "listen", "taskToken.$": "$$.Task.Token", ...ids },
  },
  TimeoutSecondsPath: "$.listenSeconds",
  Retry: [{ ErrorEquals: news, MaxAttempts: 0 }, afterAnyFault],
  Catch: [{ ErrorEquals: news, ResultPath: null, Next: next }],
  Next: "Pause",
});

const goTo = (StringEquals: string, Next: string) => ({ Variable: "$.step", StringEquals, Next });

export const fallbackRules: Rules = ({ template, functions }, rule) => {
  const fallback = fallbackOf(template);
  const tasks = Object.entries(fallback.States).flatMap(([name, state]) =>
    state.Type === "Task" ? [[name, state] as const] : [],
  );

  rule("the fallback sends and listens, repeats after every fault, and nothing else", () => {
    expect(fallback).toEqual({
      StartAt: "Step",
      TimeoutSeconds: 600,
      States: {
        Step: {
          Type: "Choice",
          Choices: [
            goTo("call", "DispatchCall"),
            goTo("listen_call", "ListenCall"),
            goTo("sms", "SendSms"),
            goTo("listen_sms", "ListenSms"),
          ],
          Default: "Done",
        },
        DispatchCall: sending("Functionsdispatchcall", 30),
        ListenCall: listening("Functionsdispatchcall", "DispatchCall"),
        SendSms: sending("Functionssendsms", 20),
        ListenSms: listening("Functionssendsms", "SendSms"),
        Pause: { Type: "Wait", SecondsPath: "$.waitSeconds", Next: "Step" },
        Done: { Type: "Succeed" },
      },
    });
  });

  rule("what is deployed is what the tests of the fallback run", () => {
    const arns = { call: "${Functionsdispatchcall.Arn}", sms: "${Functionssendsms.Arn}" };
    expect(fallback).toEqual(fallbackDefinition(arns, "${AWS::Partition}"));
  });

  for (const [name, task] of tasks) {
    rule(`${name} is given ids, and its token: no code, no number`, () => {
      const { task: what, ...given } = task.Parameters.Payload;
      expect(what).toMatch(/^(send|listen)$/);
      expect(Object.values(given).sort()).toEqual(
        [
          ...(what === "listen" ? ["$$.Task.Token"] : []),
          "$$.Execution.Name",
          "$.accountId",
          "$.ownerId",
        ].sort(),
      );
    });

    rule(`no fault moves ${name} on: what it catches is what somebody said`, () => {
      for (const { ErrorEquals } of task.Catch ?? []) expect(ErrorEquals).toEqual(news);
      expect(task.Retry.at(-1)).toEqual(afterAnyFault);
    });
  }

  rule(
    "every task has a limit of its own, and nothing is JSONata: the local interpreter would pass over it in silence",
    () => {
      for (const [, { TimeoutSeconds, TimeoutSecondsPath }] of tasks) {
        expect(
          [TimeoutSeconds, TimeoutSecondsPath].filter((one) => one !== undefined),
        ).toHaveLength(1);
      }
      expect(JSON.stringify(fallback)).not.toMatch(/JSONata|QueryLanguage|Assign|Arguments|\{%/);
    },
  );

  rule("a function that sends has ended before its task gives it up", () => {
    for (const [state, name] of [
      ["DispatchCall", "dispatch-call"],
      ["SendSms", "send-sms"],
    ] as const) {
      const timeout = z.number().parse(functions.get(name)?.properties["Timeout"]);
      const [, task] = tasks.find(([each]) => each === state) ?? [];
      expect(timeout).toBeLessThan(task?.TimeoutSeconds ?? 0);
    }
  });

  rule(
    "all attempts together fit into the ten minutes that an execution and a challenge have",
    () => {
      const { calls, callGapSeconds, smsGapSeconds } = defaultLimits.fallback;
      expect(calls * callGapSeconds + smsGapSeconds).toBeLessThan(fallback.TimeoutSeconds);
      expect(fallback.TimeoutSeconds).toBeLessThanOrEqual(defaultLimits.challenge.lifeSeconds);
    },
  );

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
