import { expect, test } from "vitest";
import { fixedCosts, habits, monthSeconds, type Usages } from "../../../tools/cost/bill/month.ts";
import { noUsage, usage } from "../../../tools/cost/bill/usage.ts";
import { deployedBy } from "../../../tools/cost/deployed/deployed.ts";
import { floodCost, floodRate } from "../../../tools/cost/page/flood.ts";
import { monthCosts } from "../../../tools/cost/page/month-section.ts";
import { addedBy } from "../../../tools/cost/page/options-section.ts";

const stat = { MetricStat: { Metric: { MetricName: "Errors" } } };
const template = {
  Function: {
    Type: "AWS::Lambda::Function",
    Properties: { Description: "functions/time", ReservedConcurrentExecutions: 7 },
  },
  Stage: {
    Type: "AWS::ApiGatewayV2::Stage",
    Properties: {
      DefaultRouteSettings: { ThrottlingRateLimit: 500 },
      RouteSettings: { "POST /v1/sign-in": { ThrottlingRateLimit: 50 } },
      AccessLogSettings: { Format: "$context.routeKey" },
    },
  },
  Machine: {
    Type: "AWS::StepFunctions::StateMachine",
    Properties: {
      DefinitionString: {
        "Fn::Join": ["", ['{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}']],
      },
    },
  },
  Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 90 } },
  OfOneMetric: { Type: "AWS::CloudWatch::Alarm", Properties: { MetricName: "Throttles" } },
  OfThreeMetrics: {
    Type: "AWS::CloudWatch::Alarm",
    Properties: { Metrics: [{ Expression: "a + b + c" }, stat, stat, stat] },
  },
};
const webAcl = { Type: "AWS::WAFv2::WebACL", Properties: { Rules: [{}, {}] } };

const monthOf = (one: ReturnType<typeof usage>) => {
  const signIns = Object.fromEntries(Object.keys(habits.shares).map((key) => [key, one]));
  const others = { check: noUsage, security: noUsage, wrongPassword: noUsage };
  const usages: Usages = { signIns: signIns as Usages["signIns"], others };
  return { usages, deployed: deployedBy(template), bytesPerPerson: 0 };
};
const people = 1e6 / habits.signInsPerPerson;

test("an alarm is paid by the metrics that it watches", () => {
  const deployed = deployedBy(template);
  expect(deployed.count).toMatchObject({ alarms: 2, alarmMetrics: 4 });
  expect(fixedCosts(deployed)["2 alarms, which watch 4 metrics"]).toBeCloseTo(0.4, 9);
});

test("the throttles of routes and the bulkheads of functions come from the template", () => {
  const { routeRates, reserved, stageRate } = deployedBy(template);
  expect({ routeRates, reserved, stageRate }).toEqual({
    routeRates: { "POST /v1/sign-in": 50 },
    reserved: { time: 7 },
    stageRate: 500,
  });
});

test("a flood of wrong passwords costs what the sign-in route's own throttle lets through", () => {
  const one = usage({ httpRequests: 1 });
  const day = 86_400 * 1.2e-6;
  expect(floodRate(deployedBy(template))).toBe(50);
  expect(floodCost(deployedBy(template), one)).toBeCloseTo(50 * day, 9);
  // Where the route has no throttle of its own, or a higher one, the whole stage's counts.
  expect(floodCost({ stageRate: 500, routeRates: {} }, one)).toBeCloseTo(500 * day, 9);
  const higher = { stageRate: 30, routeRates: { "POST /v1/sign-in": 50 } };
  expect(floodCost(higher, one)).toBeCloseTo(30 * day, 9);
});

test("CloudFront, WAF and X-Ray are parts of their own; WAF checks what comes through CloudFront", () => {
  const month = monthOf(usage({ httpRequests: 3, edgeRequests: 2 }));
  const { aws } = monthCosts(people, month);
  expect(aws["HTTP API"]).toBeCloseTo(3.6, 9);
  expect(aws.CloudFront).toBeCloseTo(2.4, 9);
  expect(aws.WAF).toBe(0);
  const guarded = deployedBy({ ...template, Acl: webAcl });
  expect(monthCosts(people, { ...month, deployed: guarded }).aws.WAF).toBeCloseTo(5 + 2 + 1.2, 9);
  expect(addedBy(guarded, people, month)).toBeCloseTo(8.2, 9);
});

test("tracing adds what X-Ray records, and nothing else", () => {
  const month = monthOf(usage({ lambdaRequests: monthSeconds / 1e6 }));
  const traced = { ...month.deployed, traced: true };
  expect(monthCosts(people, month).aws["X-Ray"]).toBe(0);
  expect(addedBy(traced, people, month)).toBeCloseTo((monthSeconds / 1e6) * 5, 6);
});
