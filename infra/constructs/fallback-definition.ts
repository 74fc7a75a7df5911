import type { FallbackChannel, FallbackStepName } from "../../lib/settings/fallback-steps.ts";

/** How long the function of each channel may run. Calls take more: several carriers, one after another. */
export const sendSeconds: Readonly<Record<FallbackChannel, number>> = { call: 20, sms: 10 };

/**
 * Longer than all attempts together. A challenge, which the fallback serves, does not live longer either. It also bounds
 * the repeats after faults.
 */
const fallbackTimeoutSeconds = 600;

/** The kinds of attempts: each has a task that sends it and a task that listens for news of it. */
const attemptKinds = [
  { channel: "call", send: "DispatchCall", listen: "ListenCall" },
  { channel: "sms", send: "SendSms", listen: "ListenSms" },
] as const satisfies readonly { channel: FallbackChannel; send: string; listen: string }[];

/** By this error a listening task learns that the next attempt is due. Somebody said so; it is no fault. */
const notReceived = "CallNotReceived";

/**
 * Repeats a task after any fault: a throttle, a crash, a time-out, a store or a secret that cannot be read, an error of
 * any other name. No fault of ours leads to another attempt, since the repeated task does the same attempt. So nothing
 * catches these errors. There are more repeats than fit into the execution's time, which ends them.
 */
const afterAnyFault = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 15,
  MaxAttempts: 500,
  // Many executions fail at the same time, and must not come back at the same time.
  JitterStrategy: "FULL",
} as const;

/** What somebody said, or the gap that has passed. Nothing else moves the fallback on. */
const news = ["States.Timeout", notReceived];

const ids = {
  "accountId.$": "$.accountId",
  "ownerId.$": "$.ownerId",
  // A repeated task is recognised by it.
  "execution.$": "$$.Execution.Name",
};

/**
 * The state machine of the fallback, in the Amazon States Language. It only keeps time: each task returns the step that
 * the account decided, and `Step` goes there, after the wait that the task asks for.
 *
 * A task gets ids only and returns ids, a step and seconds: more people can read an execution's history than the table.
 *
 * @param functionArns the functions of the channels.
 */
export const fallbackDefinition = (
  functionArns: Readonly<Record<FallbackChannel, string>>,
  partition = "aws",
) => ({
  StartAt: "Step",
  TimeoutSeconds: fallbackTimeoutSeconds,
  States: {
    Step: {
      Type: "Choice",
      Choices: attemptKinds.flatMap(({ channel, send, listen }) => [
        goTo(channel, send),
        goTo(`listen_${channel}`, listen),
      ]),
      Default: "Done",
    },
    ...Object.fromEntries<object>(
      attemptKinds.flatMap(({ channel, send, listen }) => [
        [send, sendingTask(functionArns[channel], partition, sendSeconds[channel])],
        [listen, listeningTask(functionArns[channel], partition, send)],
      ]),
    ),
    Pause: { Type: "Wait", SecondsPath: "$.waitSeconds", Next: "Step" },
    Done: { Type: "Succeed" },
  },
});

const goTo = (step: FallbackStepName, state: string) => ({
  Variable: "$.step",
  StringEquals: step,
  Next: state,
});

const sendingTask = (functionArn: string, partition: string, seconds: number) => ({
  Type: "Task",
  Resource: `arn:${partition}:states:::lambda:invoke`,
  Parameters: { FunctionName: functionArn, Payload: { task: "send", ...ids } },
  // The function ends by itself before that, also after a slow start.
  TimeoutSeconds: seconds + 10,
  OutputPath: "$.Payload",
  Retry: [afterAnyFault],
  Next: "Pause",
});

/** Waits by its token for exactly what is left of the attempt's gap, from when the attempt was recorded. */
const listeningTask = (functionArn: string, partition: string, nextState: string) => ({
  Type: "Task",
  Resource: `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
  Parameters: {
    FunctionName: functionArn,
    Payload: { task: "listen", "taskToken.$": "$$.Task.Token", ...ids },
  },
  TimeoutSecondsPath: "$.listenSeconds",
  Retry: [{ ErrorEquals: news, MaxAttempts: 0 }, afterAnyFault],
  Catch: [{ ErrorEquals: news, ResultPath: null, Next: nextState }],
  Next: "Pause",
});
