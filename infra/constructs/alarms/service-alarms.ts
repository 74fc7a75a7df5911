import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Operated } from "../operated.ts";
import { serviceMetrics } from "../service-metrics.ts";
import { outage, outagePeriod, type AlarmOf } from "./alarm-of.ts";

/** The service itself: its API, functions, store, state machine and event bus. */
export const serviceAlarms = (
  scope: Construct,
  {
    api,
    fallback,
    background,
    syntheticSignIn,
  }: Pick<Operated, "api" | "fallback" | "background" | "syntheticSignIn">,
): AlarmOf[] => {
  const { share } = serviceMetrics(scope, outagePeriod);
  return [
    ...(syntheticSignIn ? [syntheticAlarm(scope)] : []),
    {
      name: "sign-in-faults-password",
      runbook: "sign-in-faults",
      says: "The first step of sign-ins is answered with 503.",
      metric: share("SignInFault", { step: "password" }),
      ...outage,
    },
    {
      name: "sign-in-faults-second-step",
      runbook: "sign-in-faults",
      says: "The second step of sign-ins is answered with 503.",
      metric: share("SignInFault", { step: "second_step" }),
      ...outage,
    },
    {
      name: "api-faults",
      says: "The API answers with 5xx, also where our code does not run.",
      metric: new MathExpression({
        expression: "failed / requests",
        usingMetrics: { failed: api.faults(outagePeriod), requests: api.requests(outagePeriod) },
        label: "Share of answers with 5xx",
        period: outagePeriod,
      }),
      ...outage,
      threshold: 0.2,
    },
    ...Object.entries(background).map(([name, each]) => ({
      name: `function-errors-${name}`,
      runbook: "function-errors",
      says: `The function ${name} ends in errors: out of time or memory, or broken.`,
      // Lambda writes 0 for each invocation without an error, so the average is the share.
      metric: each.metricErrors({ period: outagePeriod, statistic: Stats.AVERAGE }),
      ...outage,
    })),
    {
      name: "throttles",
      says: "Lambda refuses to run functions: the account's concurrency, or a function's own, is used up.",
      // The metric of the whole account: its functions share one concurrency.
      metric: new Metric({
        namespace: "AWS/Lambda",
        metricName: "Throttles",
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
    },
    {
      name: "executions",
      says: "Executions of the fallback fail or run out of time: calls and SMS may not follow each other.",
      metric: new MathExpression({
        expression: "IF(bad > 0, bad / (bad + FILL(good, 0)), 0)",
        usingMetrics: {
          bad: serviceMetrics(scope, outagePeriod).sum("Failed executions", {
            failed: fallback.metric("ExecutionsFailed", outagePeriod),
            timedOut: fallback.metric("ExecutionsTimedOut", outagePeriod),
          }),
          good: fallback.metric("ExecutionsSucceeded", outagePeriod),
        },
        label: "Share of failed executions",
        period: outagePeriod,
      }),
      ...outage,
    },
    {
      name: "store-faults",
      says: "The table does not answer reads or saves of accounts.",
      metric: share("StoreFault"),
      ...outage,
    },
    {
      name: "activity-lost",
      says: "Entries of recent activity are not told on the event bus.",
      metric: share("ActivityLost"),
      ...outage,
    },
    {
      name: "secret-not-refreshed",
      says: "Functions cannot read a secret anew: what runs goes on, what starts fails.",
      metric: share("SecretNotRefreshed"),
      ...outage,
    },
  ];
};

/** It also tells that the sign-in does not run at all. */
const syntheticAlarm = (scope: Construct): AlarmOf => ({
  name: "synthetic-sign-in",
  says: "The synthetic sign-in failed, or did not run, in two of the last three times five minutes.",
  metric: serviceMetrics(scope).share("SyntheticSignInFailed"),
  threshold: 0.5,
  datapoints: 2,
  periods: 3,
  missingBreaches: true,
});
