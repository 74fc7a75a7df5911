import { readFileSync } from "node:fs";
import * as z from "zod";
import { expect, test } from "vitest";
import { functionNames } from "../../infra/functions.ts";
import { named, resourcesOf, synthesize, theOnly } from "./synthesize.ts";

const topic = "arn:aws:sns:eu-central-1:111122223333:alarms";
const { template } = synthesize({ alarmTopic: topic });

const Alarm = z.object({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  OKActions: z.array(z.string()),
  ComparisonOperator: z.string(),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
  MetricName: z.string().optional(),
  Statistic: z.string().optional(),
  Period: z.number().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).optional(),
  Metrics: z.array(z.unknown()).optional(),
});
const alarms = new Map(
  resourcesOf(template, "AWS::CloudWatch::Alarm").map(([logicalId, { Properties }]) => [
    named({ Ref: logicalId }).replace("OperationsAlarms", ""),
    Alarm.parse(Properties),
  ]),
);

/** Every alarm with what it takes to wake somebody. Whoever changes one writes it here too. */
const thresholds = {
  bruteforce: [500, 1],
  phoneconversion: [30, 1],
  spend50: [100, 1],
  spend80: [160, 1],
  spend100: [198, 1],
  telegramlate: [60, 1],
  telegramstuck: [1, 3],
  deadletters: [1, 1],
  bottoken: [1, 1],
  carrierdown: [5, 1],
  webhookerrors: [3, 1],
  apifaults: [10, 1],
  functionerrors: [5, 1],
  throttles: [1, 1],
  executions: [3, 1],
  activitylost: [1, 1],
  secretnotrefreshed: [3, 1],
};

test("the alarms are these, at these thresholds", () => {
  const found = [...alarms].map(([name, one]) => [name, [one.Threshold, one.EvaluationPeriods]]);
  expect(Object.fromEntries(found)).toEqual(thresholds);
});

test("each tells the topic when it begins and when it ends, and a quiet night wakes nobody", () => {
  for (const alarm of alarms.values()) {
    expect(alarm).toMatchObject({
      AlarmActions: [topic],
      OKActions: [topic],
      TreatMissingData: "notBreaching",
    });
  }
});

test("conversion wakes when it falls below, all others when they reach what they watch for", () => {
  for (const [name, { ComparisonOperator }] of alarms) {
    expect([name, ComparisonOperator]).toEqual([
      name,
      name === "phoneconversion" ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
    ]);
  }
});

test("no alarm asks for more metrics than an alarm may, and none searches", () => {
  for (const { Metrics = [] } of alarms.values()) {
    expect(Metrics.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(Metrics)).not.toContain("SEARCH");
  }
});

/** What `lib/http/measure.ts` names. */
const measured = [
  ...readFileSync(new URL("../../lib/http/measure.ts", import.meta.url), "utf8").matchAll(
    /readonly name: "(\w+)"/g,
  ),
].map(([, name]) => name ?? "");
const ours = JSON.stringify([...alarms.values(), theOnly(template, "AWS::CloudWatch::Dashboard")]);

test("what alarms and dashboard read is what functions measure, and nothing is measured for nobody", () => {
  const named = new Set(
    [...ours.matchAll(/"MetricName":"(\w+)"/g), ...ours.matchAll(/MetricName=\\+"(\w+)/g)].map(
      ([, name]) => name ?? "",
    ),
  );
  const ofAws = ["ApproximateNumberOfMessagesVisible", "5xx", "Throttles", "Errors"];
  const others = [...named].filter((name) => !measured.includes(name));
  expect(others.filter((name) => !ofAws.includes(name) && !name.startsWith("Execution"))).toEqual(
    [],
  );
  expect(
    measured.filter((name) => !ours.includes(name)).filter((name) => name !== "ChallengeOpened"),
  ).toEqual([]);
});

test("the metrics are the stack's own, as the functions write them", () => {
  const namespaces = [...ours.matchAll(/"Namespace":("[^"]+"|\{[^}]*\})/g)].map(([, one]) => one);
  expect(new Set(namespaces)).toEqual(new Set(['"Twostep"', '"AWS/Lambda"', '"AWS/States"']));
  const functions = resourcesOf(template, "AWS::Lambda::Function");
  const told = functions.map(([, { Properties }]) => JSON.stringify(Properties["Environment"]));
  expect(
    told.filter((variables) => variables.includes('"POWERTOOLS_METRICS_NAMESPACE":"Twostep"')),
  ).toHaveLength(functionNames.length);
});

test("dead letters are counted where the queue puts them", () => {
  const { Dimensions = [] } = alarms.get("deadletters") ?? {};
  expect(Dimensions.map(({ Value }) => named(Value))).toEqual(["TelegramDeadLetters"]);
  const { Dimensions: stuck = [] } = alarms.get("telegramstuck") ?? {};
  expect(stuck.map(({ Value }) => named(Value))).toEqual(["TelegramQueue"]);
});
