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

/** The functions of the two channels. */
export type FallbackTasks = { dispatchCall: LambdaFunction; sendSms: LambdaFunction };

/** The account's own limits, see `lib/settings/limits.ts`. The machine tries as often and waits as long as they say. */
export type FallbackLimits = Pick<
  Limits["fallback"],
  "calls" | "sms" | "callGapSeconds" | "smsGapSeconds"
>;

/** Longer than all attempts together. A challenge, which the fallback serves, does not live longer either. */
export const fallbackTimeout = Duration.minutes(10);

/**
 * The error by which functions report that a call or an SMS did not arrive. `CallsOver` means that no further call is
 * possible; nothing retries it.
 */
const notReceived = "CallNotReceived";

/** Errors where the function did not run or did not end. The send may be tried again, since it has an id of its own. */
const whereLambdaFailed: RetryProps = {
  errors: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.Unknown",
    // Newer runtimes report a function that took too long by this name.
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
 * Calls, then SMS: three and two, unless the limits say otherwise. A task waits until somebody answers by its token.
 * Success ends the fallback; a failure or the task's timeout starts the next attempt. The definition only keeps time.
 * At every step the account decides whether anything is sent.
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

/** A task gets ids only, and its result is dropped: more people can read an execution's history than the table. */
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
    // CDK's own retries (its list of errors, six attempts) would last longer than the challenge.
    retryOnServiceExceptions: false,
  });
}
