import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { functionsOf, resourcesOf, synthesize, theOnly } from "./synthesize.ts";

const { directory, template } = synthesize();
const functions = functionsOf(template, join(directory, "cdk.out"));

test("the routes are exactly these, and only signed requests reach the host's", () => {
  const Route = z.looseObject({
    RouteKey: z.string(),
    AuthorizationType: z.string(),
    Target: z.object({
      "Fn::Join": z.tuple([
        z.literal(""),
        z.tuple([z.literal("integrations/"), z.object({ Ref: z.string() })]),
      ]),
    }),
  });
  const nameOf = new Map([...functions.values()].map(({ logicalId, name }) => [logicalId, name]));
  const routes = resourcesOf(template, "AWS::ApiGatewayV2::Route").map(([, resource]) => {
    const route = Route.parse(resource.Properties);
    const integration = template.Resources[route.Target["Fn::Join"][1][1].Ref];
    expect(integration?.Properties["PayloadFormatVersion"]).toBe("2.0");
    const target = z
      .object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) })
      .parse(integration?.Properties["IntegrationUri"])["Fn::GetAtt"][0];
    return `${route.AuthorizationType} ${route.RouteKey} > ${nameOf.get(target) ?? "?"}`;
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
      "NONE GET /v1/time > time",
      "AWS_IAM PUT /v1/accounts/{id} > accounts",
      "AWS_IAM GET /v1/accounts/{id} > accounts",
      "AWS_IAM POST /v1/accounts/{id}/challenges > accounts",
      "AWS_IAM POST /v1/accounts/{id}/reset > accounts",
      "AWS_IAM POST /v1/grants/{grant}/redeem > accounts",
      "NONE $default > not-found",
    ].sort(),
  );
});

test("only the deployer's origins may call with cookies, and none is assumed", () => {
  expect(theOnly(template, "AWS::ApiGatewayV2::Api").Properties["CorsConfiguration"]).toEqual({
    AllowOrigins: { Ref: "AllowedOrigins" },
    AllowCredentials: true,
    AllowMethods: ["GET", "POST", "PUT", "DELETE"],
    AllowHeaders: ["content-type", "idempotency-key"],
    ExposeHeaders: ["retry-after"],
    MaxAge: 3600,
  });
  expect(template.Parameters["AllowedOrigins"]).not.toHaveProperty("Default");
});

test.each([
  ["https://panel.example.com", true],
  ["https://panel.example.com:8443", true],
  ["http://localhost:4000", true],
  ["http://127.0.0.1", true],
  ["*", false],
  ["https://*.example.com", false],
  ["http://panel.example.com", false],
  ["https://panel.example.com/", false],
  ["https://Panel.example.com", false],
  ["null", false],
])("the origin %s is taken: %s", (origin, taken) => {
  const pattern = z.string().parse(template.Parameters["AllowedOrigins"]?.["AllowedPattern"]);
  expect(new RegExp(pattern).test(origin)).toBe(taken);
});

test("the stage is throttled and its log holds nothing secret: the route, not the path; no query, header, cookie or body", () => {
  const stage = theOnly(template, "AWS::ApiGatewayV2::Stage").Properties;
  expect(stage).toMatchObject({
    StageName: "$default",
    DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
  });
  const { Format } = z.object({ Format: z.string() }).parse(stage["AccessLogSettings"]);
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
});

test("what costs most, or is open to strangers, has a lid of its own, below that of the whole", () => {
  const { RouteSettings, DefaultRouteSettings } = theOnly(template, "AWS::ApiGatewayV2::Stage")
    .Properties as {
    RouteSettings: Record<string, { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }>;
    DefaultRouteSettings: { ThrottlingRateLimit: number };
  };
  const rates = Object.entries(RouteSettings).map(([key, one]) => [key, one.ThrottlingRateLimit]);
  expect(Object.fromEntries(rates)).toEqual({
    "POST /v1/sign-in": 50,
    "POST /v1/reauthentication": 20,
    "PUT /v1/password": 20,
    "POST /v1/challenge/open": 50,
    "POST /v1/challenge/call": 20,
    "POST /v1/phones": 10,
    "POST /v1/telegram/webhook": 100,
    "POST /v1/calls/{carrier}/status": 50,
    $default: 20,
  });
  expect(DefaultRouteSettings.ThrottlingRateLimit).toBe(500);
});
