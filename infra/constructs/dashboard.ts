import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  PeriodOverride,
  SingleValueWidget,
  Stats,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Alarms } from "./alarms/alarms.ts";
import type { Operated } from "./operated.ts";
import { phoneConversion, sendCost, serviceMetrics } from "./service-metrics.ts";

export type ServiceDashboardProps = Operated & { readonly alarms: Alarms };

const third = 8;

/** One page: what people do, what it costs, what goes wrong. Each row answers one question. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, "Board", {
      dashboardName: Stack.of(this).stackName,
      defaultInterval: Duration.hours(12),
      periodOverride: PeriodOverride.INHERIT,
    });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: "Alarms", alarms: [...props.alarms.all], width: 24 }),
    );
    for (const row of [signIns(this), failures(this, props), phones(this), machinery(this, props)])
      dashboard.addWidgets(...row.map(graph));
    dashboard.addWidgets(
      new SingleValueWidget({
        title: "Calls and SMS of a day, USD",
        metrics: [sendCost(serviceMetrics(this, Duration.days(1)))],
        width: third,
      }),
    );
  }
}

type Graph = {
  readonly title: string;
  readonly left: readonly IMetric[];
  readonly right?: readonly IMetric[];
  readonly yMax?: number;
};

const graph = ({ title, left, right = [], yMax }: Graph) =>
  new GraphWidget({
    title,
    left: [...left],
    ...(right.length === 0 ? {} : { right: [...right], rightYAxis: { min: 0 } }),
    leftYAxis: { min: 0, ...(yMax === undefined ? {} : { max: yMax }) },
    width: third,
  });

const signIns = (scope: Construct): Graph[] => {
  const { each } = serviceMetrics(scope);
  return [
    {
      title: "Second steps by end and method",
      left: [each("ChallengeEnded", ["outcome", "method"], "")],
    },
    {
      title: "Time to the second factor, seconds (p50, p90)",
      left: ["p50", "p90"].map((stat) => each("SecondFactorTime", ["method"], stat, stat)),
    },
    {
      title: "Passwords and wrong codes",
      left: [each("PasswordTried", ["outcome"], ""), each("WrongCode", ["method"], "wrong")],
    },
  ];
};

/** What the alarms of outages watch. */
const failures = (scope: Construct, { api }: Operated): Graph[] => {
  const { each, metric, share } = serviceMetrics(scope);
  return [
    {
      title: "Share that fails: prompts, calls, SMS",
      left: [
        share("TelegramFailed"),
        each("CarrierFailed", ["carrier"], "", Stats.AVERAGE),
        share("CallUndelivered"),
        share("SmsFailed"),
      ],
      yMax: 1,
    },
    {
      title: "Share that fails: sign-ins by step, the store",
      left: [each("SignInFault", ["step"], "", Stats.AVERAGE), share("StoreFault")],
      yMax: 1,
    },
    {
      title: "Synthetic sign-in: share that fails, seconds",
      left: [share("SyntheticSignInFailed"), metric("SyntheticSignInTime", {}, Stats.MAXIMUM)],
    },
    {
      title: "Share that fails: event bus, secrets; requests",
      left: [share("ActivityLost"), share("SecretNotRefreshed")],
      right: [api.requests(Duration.minutes(5))],
      yMax: 1,
    },
  ];
};

const phones = (scope: Construct): Graph[] => {
  const { each } = serviceMetrics(scope);
  return [
    {
      title: "Calls and SMS by carrier and outcome",
      left: [each("FallbackAttempt", ["channel", "carrier", "outcome"], "")],
    },
    {
      title: "Sign-ins completed by phone, % of those who requested a call",
      left: [phoneConversion(serviceMetrics(scope, Duration.hours(1)))],
      yMax: 100,
    },
    {
      title: "Cost of sends, USD; budgets spent",
      left: [sendCost(serviceMetrics(scope)), each("BudgetSpent", ["budget"], "spent")],
    },
  ];
};

const machinery = (
  scope: Construct,
  { api, telegramQueue, fallback, background }: Operated,
): Graph[] => {
  const { each, metric, period } = serviceMetrics(scope);
  return [
    {
      title: "Telegram: prompts, wait in seconds, jobs waiting, dead letters",
      left: [
        each("TelegramPrompted", ["outcome"], ""),
        metric("TelegramWait", {}, "p90"),
        metric("TelegramUpdateDropped"),
        telegramQueue.queue.metricApproximateNumberOfMessagesVisible({ period }),
        telegramQueue.deadLetters.metricApproximateNumberOfMessagesVisible({ period }),
      ],
    },
    {
      title: "Fallback: executions",
      left: [
        "ExecutionsStarted",
        "ExecutionsSucceeded",
        "ExecutionsFailed",
        "ExecutionThrottled",
      ].map((name) => fallback.metric(name, period)),
    },
    {
      title: "Faults and throttles",
      left: [
        api.faults(period),
        each("Fault", ["route"], ""),
        ...Object.values(background).flatMap((one) => [
          one.metricErrors({ period }),
          one.metricThrottles({ period }),
        ]),
      ],
    },
  ];
};
