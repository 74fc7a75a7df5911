import { expect } from "vitest";
import { settingsOf, topic } from "../synthesize.ts";
import { carrierNames } from "../../../lib/phone/carriers/carriers.ts";
import type { Rules } from "./rule.ts";
import { Alarm, metricsOf, watched } from "./watched.ts";

/** The share of what fails of a measure of ours, in three of the two-minute periods of an hour. */
const share = (measure: string, dimension = "") => [
  `Average of Twostep ${measure} (${dimension}service=twostep) in 120 s >= 0.4 in 3 of 30`,
];
const errorsOf = (name: string) => [
  `Average of AWS/Lambda Errors (FunctionName=\${${name}}) in 120 s >= 0.4 in 3 of 30`,
];
const spend = (dollars: number) => [
  `Sum of Twostep SendCost (service=twostep) in 86400 s >= ${dollars}`,
];
const machine =
  "StateMachineArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback";

/** Every alarm with what it takes to wake somebody. Whoever changes one writes it here too. */
const alarms: Readonly<Record<string, readonly string[]>> = {
  bruteforce: [
    "IF(bad >= 100, bad / (bad + FILL(right, 0)), 0) >= 0.3",
    "bad: FILL(wrong, 0) + FILL(paused, 0) + FILL(six, 0)",
    "wrong: Sum of Twostep PasswordTried (outcome=wrong, service=twostep) in 300 s",
    "paused: Sum of Twostep PasswordTried (outcome=paused, service=twostep) in 300 s",
    "six: Sum of Twostep WrongCode (method=six_digits, service=twostep) in 300 s",
    "right: Sum of Twostep PasswordTried (outcome=right, service=twostep) in 300 s",
  ],
  phoneconversion: [
    "IF(started >= 20, 100 * (FILL(calls, 0) + FILL(sms, 0)) / started, 100) < 30",
    "started: Sum of Twostep FallbackStarted (service=twostep) in 3600 s",
    "calls: Sum of Twostep ChallengeEnded (method=call, outcome=completed, service=twostep) in 3600 s",
    "sms: Sum of Twostep ChallengeEnded (method=sms, outcome=completed, service=twostep) in 3600 s",
  ],
  // One for each carrier of the list.
  ...Object.fromEntries(
    carrierNames.map((name) => [`carrierdown${name}`, share("CarrierFailed", `carrier=${name}, `)]),
  ),
  smsrefused: share("SmsFailed"),
  callsundelivered: [
    "IF(failed >= 4, failed / taken, 0) >= 0.4 in 2 of 5",
    "failed: Sum of Twostep CallUndelivered (service=twostep) in 240 s",
    "taken: SampleCount of Twostep CallUndelivered (service=twostep) in 240 s",
  ],
  smsundelivered: [
    "IF(failed >= 4, failed / taken, 0) >= 0.4 in 2 of 5",
    "failed: Sum of AWS/SNS NumberOfNotificationsFailed (PhoneNumber=PhoneNumberDirect) in 240 s",
    "taken: SampleCount of Twostep SmsFailed (service=twostep) in 240 s",
  ],
  spend50: spend(100),
  spend80: spend(160),
  spend100: spend(198),
  telegramfailed: share("TelegramFailed"),
  telegramlate: ["p50 of Twostep TelegramWait (service=twostep) in 120 s >= 60 in 3 of 30"],
  telegramstuck: [
    "IF(FILL(taken, 0) == 0, waiting, 0) >= 1 3 times in a row",
    "taken: Sum of AWS/SQS NumberOfMessagesReceived (QueueName=${TelegramQueue.QueueName}) in 60 s",
    "waiting: Minimum of AWS/SQS ApproximateNumberOfMessagesVisible (QueueName=${TelegramQueue.QueueName}) in 60 s",
  ],
  deadletters: [
    "Maximum of AWS/SQS ApproximateNumberOfMessagesVisible (QueueName=${TelegramDeadLetters.QueueName}) in 60 s >= 1",
  ],
  bottoken: ["Sum of Twostep TelegramTokenRefused (service=twostep) in 300 s >= 1"],
  webhookerrors: [
    "Average of Twostep SignInFault (service=twostep, step=telegram_answer) in 120 s >= 0.4 in 3 of 30",
  ],
  syntheticsignin: [
    "Average of Twostep SyntheticSignInFailed (service=twostep) in 300 s >= 0.5 in 2 of 3",
  ],
  signinfaultspassword: [
    "Average of Twostep SignInFault (service=twostep, step=password) in 120 s >= 0.4 in 3 of 30",
  ],
  signinfaultssecondstep: [
    "Average of Twostep SignInFault (service=twostep, step=second_step) in 120 s >= 0.4 in 3 of 30",
  ],
  apifaults: [
    "failed / requests >= 0.2 in 3 of 30",
    "failed: Sum of AWS/ApiGateway 5xx (ApiId=${ApiHttp}) in 120 s",
    "requests: Sum of AWS/ApiGateway Count (ApiId=${ApiHttp}) in 120 s",
  ],
  functionerrorstelegramsender: errorsOf("Functionstelegramsender"),
  functionerrorsdispatchcall: errorsOf("Functionsdispatchcall"),
  functionerrorssendsms: errorsOf("Functionssendsms"),
  throttles: ["Sum of AWS/Lambda Throttles in 300 s >= 1"],
  executions: [
    "IF(bad > 0, bad / (bad + FILL(good, 0)), 0) >= 0.4 in 3 of 30",
    "bad: FILL(failed, 0) + FILL(timedOut, 0)",
    `failed: Sum of AWS/States ExecutionsFailed (${machine}) in 120 s`,
    `timedOut: Sum of AWS/States ExecutionsTimedOut (${machine}) in 120 s`,
    `good: Sum of AWS/States ExecutionsSucceeded (${machine}) in 120 s`,
  ],
  storefaults: share("StoreFault"),
  activitylost: share("ActivityLost"),
  secretnotrefreshed: share("SecretNotRefreshed"),
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
    "each tells the topic when it begins and when it ends, and only a synthetic sign-in that does not run wakes by silence",
    () => {
      for (const [name, alarm] of found) {
        expect(alarm).toMatchObject({
          AlarmActions: [topic],
          OKActions: [topic],
          TreatMissingData: name === "syntheticsignin" ? "breaching" : "notBreaching",
        });
      }
    },
  );

  rule("all alarms together read few metrics: AWS bills each of them", () => {
    const read = found.flatMap(([, alarm]) => metricsOf(alarm));
    expect(read.length).toBeLessThanOrEqual(37 + carrierNames.length);
  });

  rule("no alarm asks for more metrics than an alarm may, and none searches", () => {
    for (const [, alarm] of found) {
      if (!("Metrics" in alarm)) continue;
      expect(alarm.Metrics.length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(alarm.Metrics)).not.toContain("SEARCH");
    }
  });
};
