import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { serviceMetrics } from "../service-metrics.ts";
import type { AlarmOf } from "./alarm-of.ts";

/** Somebody guesses. People mistype as well, and many people often do: so the share counts, above a floor. */
export const attackAlarms = (scope: Construct): AlarmOf[] => {
  const { metric, sum, period } = serviceMetrics(scope);
  const wrong = sum("Wrong passwords and codes", {
    wrong: metric("PasswordTried", { outcome: "wrong" }),
    paused: metric("PasswordTried", { outcome: "paused" }),
    six: metric("WrongCode", { method: "six_digits" }),
  });
  return [
    {
      name: "brute-force",
      says: "Within five minutes over a hundred passwords or codes were wrong, and so were over 30 % of all.",
      metric: new MathExpression({
        expression: "IF(bad >= 100, bad / (bad + FILL(right, 0)), 0)",
        usingMetrics: { bad: wrong, right: metric("PasswordTried", { outcome: "right" }) },
        label: "Share of wrong passwords and codes",
        period,
      }),
      threshold: 0.3,
    },
  ];
};
