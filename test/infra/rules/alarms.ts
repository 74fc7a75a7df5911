import { expect } from "vitest";
import { settingsOf, topic } from "../synthesize.ts";
import type { Rules } from "./rule.ts";
import { Alarm, watched } from "./watched.ts";

/** Every alarm with what it takes to wake somebody. Whoever changes one writes it here too. */
const alarms: Readonly<Record<string, readonly string[]>> = {
  bruteforce: [
    "FILL(wrong, 0) + FILL(paused, 0) + FILL(six, 0) + FILL(call, 0) + FILL(recovery, 0) >= 500",
    "wrong: Sum of Twostep PasswordTried (outcome=wrong, service=twostep) in 300 s",
    "paused: Sum of Twostep PasswordTried (outcome=paused, service=twostep) in 300 s",
    "six: Sum of Twostep WrongCode (method=six_digits, service=twostep) in 300 s",
    "call: Sum of Twostep WrongCode (method=call, service=twostep) in 300 s",
    "recovery: Sum of Twostep WrongCode (method=recovery_code, service=twostep) in 300 s",
  ],
  phoneconversion: [
    "IF(asked >= 20, 100 * (FILL(calls, 0) + FILL(sms, 0)) / asked, 100) < 30",
    "asked: Sum of Twostep FallbackStarted (service=twostep) in 3600 s",
    "calls: Sum of Twostep ChallengeEnded (method=call, outcome=completed, service=twostep) in 3600 s",
    "sms: Sum of Twostep ChallengeEnded (method=sms, outcome=completed, service=twostep) in 3600 s",
  ],
  spend50: [
    "FILL(calls, 0) + FILL(sms, 0) >= 100",
    "calls: Sum of Twostep SendCost (channel=call, service=twostep) in 86400 s",
    "sms: Sum of Twostep SendCost (channel=sms, service=twostep) in 86400 s",
  ],
  spend80: [
    "FILL(calls, 0) + FILL(sms, 0) >= 160",
    "calls: Sum of Twostep SendCost (channel=call, service=twostep) in 86400 s",
    "sms: Sum of Twostep SendCost (channel=sms, service=twostep) in 86400 s",
  ],
  spend100: [
    "FILL(calls, 0) + FILL(sms, 0) >= 198",
    "calls: Sum of Twostep SendCost (channel=call, service=twostep) in 86400 s",
    "sms: Sum of Twostep SendCost (channel=sms, service=twostep) in 86400 s",
  ],
  telegramlate: ["Maximum of Twostep TelegramWait (service=twostep) in 300 s >= 60"],
  telegramstuck: [
    "Minimum of AWS/SQS ApproximateNumberOfMessagesVisible (QueueName=${TelegramQueue.QueueName}) in 60 s >= 1 3 times in a row",
  ],
  deadletters: [
    "Maximum of AWS/SQS ApproximateNumberOfMessagesVisible (QueueName=${TelegramDeadLetters.QueueName}) in 60 s >= 1",
  ],
  bottoken: ["Sum of Twostep TelegramTokenRefused (service=twostep) in 300 s >= 1"],
  carrierdown: ["Sum of Twostep CarrierFailed (service=twostep) in 300 s >= 5"],
  webhookerrors: [
    "Sum of Twostep Fault (route=POST /v1/telegram/webhook, service=twostep) in 300 s >= 3",
  ],
  apifaults: ["Sum of AWS/ApiGateway 5xx (ApiId=${ApiHttp}) in 300 s >= 10"],
  functionerrors: [
    "FILL(f0, 0) + FILL(f1, 0) + FILL(f2, 0) >= 5",
    "f0: Sum of AWS/Lambda Errors (FunctionName=${Functionstelegramsender}) in 300 s",
    "f1: Sum of AWS/Lambda Errors (FunctionName=${Functionsdispatchcall}) in 300 s",
    "f2: Sum of AWS/Lambda Errors (FunctionName=${Functionssendsms}) in 300 s",
  ],
  throttles: ["Sum of AWS/Lambda Throttles in 300 s >= 1"],
  executions: [
    "FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0) >= 3",
    "failed: Sum of AWS/States ExecutionsFailed (StateMachineArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback) in 300 s",
    "timedOut: Sum of AWS/States ExecutionsTimedOut (StateMachineArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback) in 300 s",
    "aborted: Sum of AWS/States ExecutionsAborted (StateMachineArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback) in 300 s",
  ],
  activitylost: ["Sum of Twostep ActivityLost (service=twostep) in 300 s >= 1"],
  secretnotrefreshed: ["Sum of Twostep SecretNotRefreshed (service=twostep) in 3600 s >= 3"],
};

export const alarmRules: Rules = ({ template }, rule) => {
  const found = Object.entries(settingsOf(template, "AWS::CloudWatch::Alarm")).map(
    ([name, settings]) => [name.replace("OperationsAlarms", ""), Alarm.parse(settings)] as const,
  );

  rule("the alarms are these, and each wakes somebody by this", () => {
    const each = found.map(([name, alarm]) => [name, watched(alarm)] as const);
    expect(Object.fromEntries(each)).toEqual(alarms);
  });

  rule(
    "each tells the topic when it begins and when it ends, and a quiet night wakes nobody",
    () => {
      for (const [, alarm] of found) {
        expect(alarm).toMatchObject({
          AlarmActions: [topic],
          OKActions: [topic],
          TreatMissingData: "notBreaching",
        });
      }
    },
  );

  rule("no alarm asks for more metrics than an alarm may, and none searches", () => {
    for (const [, alarm] of found) {
      if (!("Metrics" in alarm)) continue;
      expect(alarm.Metrics.length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(alarm.Metrics)).not.toContain("SEARCH");
    }
  });
};
