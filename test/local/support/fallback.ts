import { SFNClient } from "@aws-sdk/client-sfn";
import { onTestFinished, vi } from "vitest";
import { aRole } from "./assembly.ts";
import type { TestAssembly } from "./assembly.ts";
import type { LogLine } from "./people.ts";

export const MACHINE_ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:local-Climb";

const task = (name: string, more: Record<string, unknown>) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Parameters: {
    FunctionName: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    Payload: {
      attempt: name,
      "taskToken.$": "$$.Task.Token",
      "accountId.$": "$.accountId",
      nested: { "execution.$": "$$.Execution.Name", "retries.$": "$$.State.RetryCount" },
    },
  },
  ResultPath: null,
  ...more,
});

/** Call, call again, call a third time, then SMS: a small copy of the service's own fallback. */
export const CLIMB = {
  StartAt: "Call",
  TimeoutSeconds: 600,
  States: {
    Call: task("Call", {
      TimeoutSeconds: 40,
      Retry: [
        {
          ErrorEquals: ["States.Timeout", "CallNotReceived"],
          IntervalSeconds: 1,
          MaxAttempts: 2,
          BackoffRate: 1,
        },
        { ErrorEquals: ["Lambda.Unknown"], IntervalSeconds: 1, MaxAttempts: 1 },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Sms" }],
      End: true,
    }),
    Sms: task("Sms", {
      TimeoutSeconds: 180,
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Done" }],
      End: true,
    }),
    Done: { Type: "Succeed" },
  },
};

const ATTEMPT = {
  timeoutSeconds: 1,
  code: `exports.handler = async (payload) => {
    console.log(JSON.stringify({ payload, at: Date.now() }));
    switch (payload.accountId) {
      case "throws": throw Object.assign(new Error("a reason"), { name: "BadThing" });
      case "exits": process.exit(1);
      case "hangs": await new Promise(() => {});
    }
    return { ignored: true };
  };`,
};

/** The climb with tiny functions that log what they are given. An account id may say how they end. */
export function aFallback(definition: unknown = CLIMB): TestAssembly {
  return {
    functions: { Call: ATTEMPT, Sms: ATTEMPT },
    resources: {
      Role: aRole({
        Action: "lambda:InvokeFunction",
        Resource: [{ "Fn::GetAtt": ["Call", "Arn"] }, { "Fn::GetAtt": ["Sms", "Arn"] }],
      }),
      Machine: {
        Type: "AWS::StepFunctions::StateMachine",
        Properties: {
          StateMachineName: { "Fn::Join": ["", [{ Ref: "AWS::StackName" }, "-Climb"]] },
          DefinitionString: { "Fn::Join": ["", [JSON.stringify(definition)]] },
          RoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
        },
      },
    },
  };
}

export function anSfnClient(endpoint: string): SFNClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SFNClient({ endpoint, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  return client;
}

export type Shown = {
  name: string;
  status: string;
  startedAt: string;
  stoppedAt: string | null;
  input: unknown;
  history: { type: string; state: string | null; at: string }[];
};

export async function executions(url: string): Promise<Shown[]> {
  const response = await fetch(`${url}/devices/api/executions`);
  return ((await response.json()) as { executions: Shown[] }).executions;
}

/** The newest execution, once it has this status. */
export function ended(url: string, status = "SUCCEEDED"): Promise<Shown> {
  return vi.waitUntil(
    async () => {
      const [newest] = await executions(url);
      return newest?.status === status ? newest : undefined;
    },
    { timeout: 10_000, interval: 20 },
  );
}

export type Payload = { attempt: string; taskToken: string; accountId: string; nested: unknown };

export const payloadsOf = (lines: readonly LogLine[]): Payload[] =>
  lines.map(({ payload }) => payload as Payload);
