import { expect } from "vitest";
import * as z from "zod";
import { named, settingsOf, settingsOfOnly } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

export const httpApiRules: Rules = ({ template, functions }, rule) => {
  rule("the routes are exactly these, and only signed requests reach the host's", () => {
    const integrations = settingsOf(template, "AWS::ApiGatewayV2::Integration");
    const nameOf = new Map(
      [...functions.values()].map(({ logicalId, name }) => [named({ Ref: logicalId }), name]),
    );
    const routes = Object.values(settingsOf(template, "AWS::ApiGatewayV2::Route")).map((one) => {
      const route = Route.parse(one);
      const integration = Integration.parse(integrations[nameIn(route.Target)]);
      const target = nameOf.get(nameIn(integration.IntegrationUri)) ?? "?";
      return `${route.AuthorizationType} ${route.RouteKey} > ${target}`;
    });
    expect(routes.sort()).toEqual(
      [
        "NONE POST /v1/sign-in > sign-in",
        "NONE GET /v1/challenge > challenge",
        "NONE DELETE /v1/challenge > challenge",
        "NONE POST /v1/challenge/telegram > challenge",
        "NONE POST /v1/challenge/totp > challenge",
        "NONE POST /v1/challenge/call > challenge",
        "NONE POST /v1/challenge/code > challenge",
        "NONE POST /v1/challenge/recovery-code > challenge",
        "NONE POST /v1/challenge/complete > challenge",
        "NONE POST /v1/challenge/open > challenge",
        "NONE GET /v1/session > sessions",
        "NONE POST /v1/sign-out > sessions",
        "NONE POST /v1/reauthentication > sessions",
        "NONE PUT /v1/password > sessions",
        "NONE GET /v1/sessions > sessions",
        "NONE DELETE /v1/sessions > sessions",
        "NONE DELETE /v1/sessions/{id} > sessions",
        "NONE GET /v1/security > security",
        "NONE POST /v1/totp > totp",
        "NONE POST /v1/totp/{id}/confirm > totp",
        "NONE DELETE /v1/totp/{id} > totp",
        "NONE POST /v1/recovery-codes > recovery-codes",
        "NONE POST /v1/telegram > telegram",
        "NONE PUT /v1/telegram > telegram",
        "NONE GET /v1/telegram/links/{id} > telegram",
        "NONE POST /v1/telegram/links/{id}/confirm > telegram",
        "NONE DELETE /v1/telegram/accounts/{id} > telegram",
        "NONE POST /v1/telegram/webhook > telegram-webhook",
        "NONE POST /v1/phones > phones",
        "NONE POST /v1/phones/{id}/call > phones",
        "NONE POST /v1/phones/{id}/confirm > phones",
        "NONE DELETE /v1/phones/{id} > phones",
        "NONE POST /v1/calls/{carrier}/status > call-status",
        "NONE GET /v1/health > health",
        "NONE POST /v1/sessions/open > sessions",
        "NONE GET /v1/time > time",
        "AWS_IAM PUT /v1/accounts/{id} > accounts",
        "AWS_IAM GET /v1/accounts/{id} > accounts",
        "AWS_IAM POST /v1/accounts/{id}/challenges > accounts",
        "AWS_IAM GET /v1/accounts/{id}/challenges/{challengeId} > accounts",
        "AWS_IAM DELETE /v1/accounts/{id}/challenges/{challengeId} > accounts",
        "AWS_IAM POST /v1/accounts/{id}/sessions > accounts",
        "AWS_IAM DELETE /v1/accounts/{id}/sessions > accounts",
        "AWS_IAM POST /v1/accounts/{id}/reset > accounts",
        "AWS_IAM POST /v1/grants/redeem > accounts",
        "NONE $default > not-found",
      ].sort(),
    );
  });

  rule("only the deployer's origins may call with cookies", () => {
    expect(settingsOf(template, "AWS::ApiGatewayV2::Api")).toEqual({
      ApiHttp: {
        Name: "Twostep",
        ProtocolType: "HTTP",
        CorsConfiguration: {
          AllowOrigins: ["https://panel.example.com"],
          AllowCredentials: true,
          AllowMethods: ["GET", "POST", "PUT", "DELETE"],
          AllowHeaders: ["content-type", "idempotency-key"],
          ExposeHeaders: ["retry-after"],
          MaxAge: 3600,
        },
      },
    });
  });

  rule(
    "the stage is throttled and its log holds nothing secret: the route, not the path; no query, header, cookie or body",
    () => {
      const { AccessLogSettings: log, ...stage } = settingsOfOnly(
        template,
        "AWS::ApiGatewayV2::Stage",
      );
      expect({ ...stage, RouteSettings: undefined }).toEqual({
        ApiId: "${ApiHttp}",
        StageName: "$default",
        AutoDeploy: true,
        DefaultRouteSettings: throttle(500),
      });
      const { Format, ...place } = z.looseObject({ Format: z.string() }).parse(log);
      expect(place).toEqual({ DestinationArn: "${ApiAccessLog.Arn}" });
      const variables = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)));
      expect(variables.map((variable) => variable.replace("$context.", "")).sort()).toEqual([
        "error.responseType",
        "identity.sourceIp",
        "integrationErrorMessage",
        "integrationLatency",
        "integrationStatus",
        "requestId",
        "requestTime",
        "responseLatency",
        "responseLength",
        "routeKey",
        "status",
      ]);
    },
  );

  rule(
    "what costs most, or is open to strangers, has a throttle of its own, below that of the whole",
    () => {
      expect(settingsOfOnly(template, "AWS::ApiGatewayV2::Stage")["RouteSettings"]).toEqual({
        "POST /v1/sign-in": throttle(50),
        "POST /v1/reauthentication": throttle(20),
        "PUT /v1/password": throttle(20),
        "POST /v1/challenge/open": throttle(50),
        "POST /v1/challenge/call": throttle(20),
        "POST /v1/phones": throttle(10),
        "POST /v1/telegram/webhook": throttle(100),
        "POST /v1/calls/{carrier}/status": throttle(50),
        "GET /v1/health": throttle(10),
        $default: throttle(20),
      });
    },
  );
};

/** Requests a second, and twice as many at once. */
const throttle = (rate: number) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: 2 * rate });

// Strict: an authorizer, scopes or a key would be something else than what is said here.
const Route = z.strictObject({
  ApiId: z.literal("${ApiHttp}"),
  RouteKey: z.string(),
  AuthorizationType: z.enum(["NONE", "AWS_IAM"]),
  Target: z.string().startsWith("integrations/${"),
});

const Integration = z.strictObject({
  ApiId: z.literal("${ApiHttp}"),
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string().endsWith(".Arn}"),
  PayloadFormatVersion: z.literal("2.0"),
});

/** The construct that a target or an ARN is of, and nothing else. */
const nameIn = (text: string): string =>
  /^(?:integrations\/)?\$\{(\w+)(?:\.Arn)?\}$/.exec(text)?.[1] ?? "";
