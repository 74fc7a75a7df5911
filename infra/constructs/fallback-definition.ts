import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  Errors,
  IntegrationPattern,
  JsonPath,
  Succeed,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import type { IChainable, RetryProps } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import type { Limits } from "../../lib/settings/limits.ts";

/** The functions behind the two attempts. */
export type FallbackTasks = { dispatchCall: LambdaFunction; sendSms: LambdaFunction };

/** The account's own numbers, see `lib/settings/limits.ts`: the machine tries as often, and waits as long. */
export type FallbackLimits = Pick<
  Limits["fallback"],
  "calls" | "sms" | "callGapSeconds" | "smsGapSeconds"
>;

/** Longer than any climb; a challenge, which it serves, lives no longer either. */
export const fallbackTimeout = Duration.minutes(10);

/** How the functions report that a call or an SMS did not arrive. Calls that are over for good come as `CallsOver`: nothing retries it. */
const notReceived = "CallNotReceived";

/** Where the function did not run, or did not end: the send may be tried again, it has an id of its own. */
const whereLambdaFailed: RetryProps = {
  errors: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.Unknown",
    // How newer runtimes report a function that took too long.
    "Sandbox.Timedout",
  ],
  interval: Duration.seconds(1),
  maxAttempts: 2,
  backoffRate: 2,
};

const nextAttempt = (errors: string[], maxAttempts: number): RetryProps => ({
  errors,
  interval: Duration.seconds(1),
  maxAttempts,
  backoffRate: 1,
});

/**
 * Calls, then SMS: three and two, unless the limits say otherwise. A task waits until somebody answers by its token: success ends the climb, a failure or the task's timeout is
 * the next attempt. The definition only keeps time; whether anything is sent is decided by the account, at every step.
 */
export function fallbackDefinition(
  scope: Construct,
  tasks: FallbackTasks,
  { calls, sms, callGapSeconds, smsGapSeconds }: FallbackLimits,
): IChainable {
  const callGap = Duration.seconds(callGapSeconds);
  const dispatchCall = attempt(scope, "DispatchCall", tasks.dispatchCall, callGap);
  const sendSms = attempt(scope, "SendSms", tasks.sendSms, Duration.seconds(smsGapSeconds));
  const done = new Succeed(scope, "Done");

  dispatchCall
    .addRetry(nextAttempt([Errors.TIMEOUT, notReceived], calls - 1))
    .addRetry(whereLambdaFailed)
    .addCatch(sendSms, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  sendSms
    .addRetry(nextAttempt([notReceived], sms - 1))
    .addRetry(whereLambdaFailed)
    .addCatch(done, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  return dispatchCall;
}

/** A task that is given ids alone and whose result nobody keeps: an execution's history is read by more people than the table. */
function attempt(scope: Construct, id: string, lambdaFunction: LambdaFunction, timeout: Duration) {
  return new LambdaInvoke(scope, id, {
    lambdaFunction,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({
      taskToken: JsonPath.taskToken,
      accountId: JsonPath.stringAt("$.accountId"),
      ownerId: JsonPath.stringAt("$.ownerId"),
    }),
    taskTimeout: Timeout.duration(timeout),
    resultPath: JsonPath.DISCARD,
    // CDK's own list of errors and six attempts would last longer than the challenge.
    retryOnServiceExceptions: false,
  });
}
