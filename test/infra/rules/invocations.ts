import { expect } from "vitest";
import * as z from "zod";
import { settingsOf } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

// Made once: the first use of a schema compiles it, and the tests of mutants ask this two thousand times.
const Route = z.object({ RouteKey: z.string(), Target: z.string() });
const Integration = z.object({ IntegrationUri: z.string() });
const Permission = z.looseObject({ FunctionName: z.string(), SourceArn: z.string() });

const gateway = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ApiHttp}";

const schedule = "${SyntheticSchedule.Arn}";
const synthetic = "Functionssyntheticsignin";

/** As a permission names a route: any stage, any method. */
const pathOf = (routeKey: string): string =>
  routeKey === "$default" ? "" : (routeKey.split(" ")[1] ?? "");

export const invocationRules: Rules = ({ template }, rule) => {
  rule(
    "each function may be invoked by this API's gateway, for its own routes, or by its schedule, and by nobody else",
    () => {
      const routes = Object.values(settingsOf(template, "AWS::ApiGatewayV2::Route"));
      const integrations = settingsOf(template, "AWS::ApiGatewayV2::Integration");
      const wanted = routes.map((route) => {
        const { RouteKey, Target } = Route.parse(route);
        const integration = integrations[/\$\{(\w+)\}/.exec(Target)?.[1] ?? ""];
        const { IntegrationUri } = Integration.parse(integration);
        return [IntegrationUri, `${gateway}/*/*${pathOf(RouteKey)}`].join(" ");
      });
      const permissions = Object.values(settingsOf(template, "AWS::Lambda::Permission")).map(
        (one) => {
          const { FunctionName, SourceArn, ...others } = Permission.parse(one);
          const byRule = SourceArn === schedule;
          expect(others).toEqual({
            Action: "lambda:InvokeFunction",
            Principal: byRule ? "events.amazonaws.com" : "apigateway.amazonaws.com",
          });
          return [FunctionName, SourceArn].join(" ");
        },
      );
      wanted.push(`\${${synthetic}.Arn} ${schedule}`);
      expect(permissions.sort()).toEqual(wanted.sort());
    },
  );

  rule(
    "the synthetic sign-in runs every five minutes, never twice for one time, never late",
    () => {
      expect(settingsOf(template, "AWS::Events::Rule")).toEqual({
        SyntheticSchedule: {
          Description: "Runs the synthetic sign-in",
          ScheduleExpression: "rate(5 minutes)",
          State: "ENABLED",
          Targets: [
            {
              Id: "Target0",
              Arn: `\${${synthetic}.Arn}`,
              RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
            },
          ],
        },
      });
    },
  );
};
