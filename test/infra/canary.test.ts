import { beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import type { CanaryProps } from "../../infra/settings/twostep-props.ts";
import { functionNames } from "../../infra/settings/functions.ts";
import { readPlan } from "../../local/aws/plan/plan.ts";
import { localNames } from "../../local/aws/template/names.ts";
import { hostTemplate } from "./host-template.ts";
import { named, resourcesOf, settingsOf, theOnly, type Template } from "./synthesize.ts";

vi.stubEnv("CDK_VALIDATION", "false");

/** Everything that is invoked, but what a deploy itself runs. */
const moved = functionNames.filter((name) => name !== "telegram-setup");
const aliasOf = (name: string) => `SecondStepFunctions${name.replaceAll("-", "")}Live`;

let template: Template;
beforeAll(() => {
  template = hostTemplate({ canary: { percent: 10, minutes: 5 } });
});

test("without it there is no alias, and callers invoke the functions themselves", () => {
  const plain = hostTemplate();
  for (const type of ["AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::CodeDeploy::Application"])
    expect(resourcesOf(plain, type)).toEqual([]);
});

test("each function that somebody invokes has the alias live, of its present version", () => {
  const aliases = resourcesOf(template, "AWS::Lambda::Alias").map(([, { Properties }]) =>
    z.object({ Name: z.literal("live"), FunctionName: z.unknown() }).parse(Properties),
  );
  expect(aliases.map(({ FunctionName }) => named(FunctionName)).sort()).toEqual(
    moved.map((name) => `SecondStepFunctions${name.replaceAll("-", "")}`).sort(),
  );
  expect(resourcesOf(template, "AWS::Lambda::Version")).toHaveLength(moved.length);
});

test("every route, the queue, the state machine, its role and every permission go to aliases alone", () => {
  const text = (type: string) =>
    resourcesOf(template, type).map(([, { Properties }]) => JSON.stringify(Properties));
  for (const integration of text("AWS::ApiGatewayV2::Integration")) {
    expect(integration).toMatch(/"IntegrationUri":\{"Ref":"SecondStepFunctions\w+Live\w+"\}/);
  }
  for (const permission of text("AWS::Lambda::Permission")) {
    expect(permission).toMatch(/"FunctionName":\{"Ref":"SecondStepFunctions\w+Live\w+"\}/);
  }
  const [delivery = ""] = text("AWS::Lambda::EventSourceMapping");
  expect(delivery).toContain('":live"');
  expect(delivery).toContain(aliasOf("telegram-sender"));
  const machine = JSON.stringify(theOnly(template, "AWS::StepFunctions::StateMachine").Properties);
  const role = text("AWS::IAM::Role").find((one) => one.includes("What the fallback may do")) ?? "";
  for (const one of [machine, role]) {
    expect(one).toContain(aliasOf("dispatch-call"));
    expect(one).toContain(aliasOf("send-sms"));
    expect(one).not.toMatch(/SecondStepFunctions(dispatchcall|sendsms)[0-9A-F]{8}"/);
  }
});

test("each alias is moved in two steps, and back if its new version or the API fails", () => {
  expect(Object.values(settingsOf(template, "AWS::CodeDeploy::DeploymentConfig"))).toMatchObject([
    {
      ComputePlatform: "Lambda",
      TrafficRoutingConfig: {
        Type: "TimeBasedCanary",
        TimeBasedCanary: { CanaryInterval: 5, CanaryPercentage: 10 },
      },
    },
  ]);
  const groups = Object.entries(settingsOf(template, "AWS::CodeDeploy::DeploymentGroup"));
  expect(groups).toHaveLength(moved.length);
  for (const [id, group] of groups) {
    expect(group).toMatchObject({
      AlarmConfiguration: {
        Enabled: true,
        Alarms: [
          { Name: expect.stringContaining(id.replace("Canary", "Canaryerrors")) as unknown },
          { Name: expect.stringContaining("apifaults") as unknown },
        ],
      },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: expect.arrayContaining([
          "DEPLOYMENT_FAILURE",
          "DEPLOYMENT_STOP_ON_ALARM",
        ]) as unknown,
      },
    });
  }
  for (const [, { UpdatePolicy }] of resourcesOf(template, "AWS::Lambda::Alias")) {
    expect(UpdatePolicy).toMatchObject({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: expect.any(Object) as unknown,
        DeploymentGroupName: expect.any(Object) as unknown,
      },
    });
  }
});

test("the alarms look at the version that comes, and at the share of requests that it gets", () => {
  const alarms = Object.entries(settingsOf(template, "AWS::CloudWatch::Alarm"));
  const errors = alarms.filter(([id]) => id.startsWith("SecondStepCanaryerrors"));
  expect(errors).toHaveLength(moved.length);
  for (const [, alarm] of errors) {
    expect(alarm).toMatchObject({
      MetricName: "Errors",
      Threshold: 3,
      Period: 60,
      TreatMissingData: "notBreaching",
      Dimensions: [
        {
          Name: "ExecutedVersion",
          Value: expect.stringMatching(/CurrentVersion\w*\.Version/) as unknown,
        },
        { Name: "FunctionName", Value: expect.any(String) as unknown },
        { Name: "Resource", Value: expect.stringMatching(/:live$/) as unknown },
      ],
    });
  }
  const api = alarms.filter(([id]) => id.startsWith("SecondStepCanaryapifaults"));
  expect(api).toMatchObject([[expect.any(String), { Threshold: 5 }]]);
});

test("a release that mends what rings is let through", () => {
  const mending = hostTemplate({ canary: { percent: 10, minutes: 5, rollback: false } });
  for (const group of Object.values(settingsOf(mending, "AWS::CodeDeploy::DeploymentGroup"))) {
    expect(group).toMatchObject({
      AlarmConfiguration: { Enabled: false },
      AutoRollbackConfiguration: {
        Events: expect.not.arrayContaining(["DEPLOYMENT_STOP_ON_ALARM"]) as unknown,
      },
    });
  }
});

test("CodeDeploy may move these aliases, look at alarms, and nothing else", () => {
  const role = Object.values(settingsOf(template, "AWS::IAM::Role")).find((one) =>
    JSON.stringify(one).includes("codedeploy"),
  );
  const text = JSON.stringify(role);
  expect(text.match(/"[a-z0-9]+:[A-Z]\w+"/g)?.sort()).toEqual(
    [
      '"cloudwatch:DescribeAlarms"',
      '"lambda:GetAlias"',
      '"lambda:GetProvisionedConcurrencyConfig"',
      '"lambda:UpdateAlias"',
      '"sts:AssumeRole"',
    ].sort(),
  );
  expect(text).not.toContain("ManagedPolicyArns");
});

test.each([
  [{ percent: 0, minutes: 5 }, "canary.percent must be a whole number from 1 to 99"],
  [{ percent: 10, minutes: 61 }, "canary.minutes must be a whole number from 1 to 60"],
  [{ percent: 10 }, "canary.minutes"],
])("%j is refused", (canary, why) => {
  expect(() => hostTemplate({ canary: canary as CanaryProps })).toThrow(why);
});

test("on one machine an alias leads to its function", () => {
  const local = JSON.parse(JSON.stringify(template)) as never;
  const names = localNames(local, { api: "http://localhost:1", sqs: "http://localhost:2" }, {});
  const plan = readPlan({ template: local, directory: "/nowhere" }, names);
  const known = new Set(plan.functions.map(({ name }) => name));
  expect(plan.routes.length).toBeGreaterThan(30);
  for (const { functionName } of plan.routes) expect(known).toContain(functionName);
  expect(plan.eventSources).toHaveLength(1);
  expect(plan.stateMachines).toHaveLength(1);
});
