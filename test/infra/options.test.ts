import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { EdgeStack } from "../../infra/edge-stack.ts";
import { bundledFunctionNames, functionNames } from "../../infra/settings/functions.ts";
import type { TwostepServiceProps } from "../../infra/settings/twostep-props.ts";
import { TwostepService } from "../../infra/twostep-service.ts";
import { readable } from "./readable.ts";
import { temporaryDirectory } from "./synthesize.ts";

vi.stubEnv("CDK_VALIDATION", "false");
const home = temporaryDirectory();
const pagesDirectory = join(home, "pages");
mkdirSync(pagesDirectory);
writeFileSync(join(pagesDirectory, "index.html"), "<!doctype html>");
// What the functions do is not asked here: empty ones are made at once.
const bundleDirectory = join(home, "functions");
for (const name of bundledFunctionNames) {
  mkdirSync(join(bundleDirectory, name), { recursive: true });
  writeFileSync(join(bundleDirectory, name, "index.js"), "");
}

const least = { allowedOrigins: ["https://panel.example.com"], alarmTopicArn: "none" };

/** The template of a stack of a host's own, with the service in it. */
const templateOf = (props: Partial<TwostepServiceProps> = {}): Template => {
  const stack = new Stack(new App(), "Host");
  new TwostepService(stack, "SecondStep", {
    allowedOrigins: ["https://panel.example.com"],
    alarmTopicArn: "none",
    ...props,
    bundleDirectory,
    pagesDirectory,
  });
  return Template.fromStack(stack);
};

/** What each resource of a type is set to, in readable form. */
const propertiesOf = (template: Template, type: string): unknown[] =>
  Object.values(template.findResources(type)).map(({ Properties }: Record<string, unknown>) =>
    readable(Properties),
  );

const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/c";

const variablesOf = (template: Template, name: string) => {
  const [found] = Object.values(
    template.findResources("AWS::Lambda::Function", {
      Properties: { Description: `functions/${name}` },
    }),
  );
  return (found as { Properties: { Environment: { Variables: Record<string, unknown> } } })
    .Properties.Environment.Variables;
};

test("a host's stack has no parameters but CDK's own: all is said in its code", () => {
  expect(Object.keys(templateOf().findParameters("*"))).toEqual(["BootstrapVersion"]);
});

test("what is not said is off, and safe", () => {
  const template = templateOf();
  expect(variablesOf(template, "phones")).toMatchObject({ ALLOWED_COUNTRIES: "" });
  expect(variablesOf(template, "telegram")).toMatchObject({ TELEGRAM_BOT_USERNAME: "" });
  expect(variablesOf(template, "sign-in")).not.toHaveProperty("LIMITS");
  template.hasResource("AWS::DynamoDB::GlobalTable", {
    DeletionPolicy: "Retain",
    Properties: {
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    },
  });
});

test("props reach the functions that act on them", () => {
  const template = templateOf({
    serviceName: "Example Hosting",
    signInUrl: "https://panel.example.com/second-step",
    telegram: { botUsername: "example_bot" },
    phones: {
      countries: ["UA", "PL"],
      carriers: ["telnyx", "ucaller"],
      carriersByCountry: { UA: ["ucaller"] },
      smsSenderIds: { UA: "Example" },
      apiRoots: { smsru: "https://proxy.example.com/smsru" },
    },
    limits: { challenge: { guesses: 3 } },
    languages: ["uk", "en"],
  });
  expect(variablesOf(template, "phones")).toMatchObject({
    ALLOWED_COUNTRIES: "UA,PL",
    SMSRU_API_ROOT: "https://proxy.example.com/smsru",
    TELNYX_API_ROOT: "https://api.telnyx.com",
  });
  expect(variablesOf(template, "dispatch-call")).toMatchObject({
    CALL_CARRIERS: "telnyx,ucaller;UA=ucaller",
  });
  expect(variablesOf(template, "send-sms")).toMatchObject({ SMS_SENDER_ID: "UA=Example" });
  expect(variablesOf(template, "telegram-webhook")).toMatchObject({
    TELEGRAM_BOT_USERNAME: "example_bot",
    SERVICE_NAME: "Example Hosting",
  });
  expect(variablesOf(template, "sessions")).toMatchObject({ SERVICE_NAME: "Example Hosting" });
  expect(variablesOf(template, "accounts")).toMatchObject({
    SERVICE_NAME: "Example Hosting",
    SIGN_IN_URL: "https://panel.example.com/second-step",
  });
  for (const name of ["accounts", "send-sms", "telegram-sender", "telegram-webhook"]) {
    expect([name, variablesOf(template, name)["LANGUAGES"]]).toEqual([name, "uk,en"]);
  }
  template.hasResourceProperties("Custom::TelegramBot", { Languages: "uk,en" });
  for (const name of functionNames) {
    expect([name, variablesOf(template, name)["LIMITS"]]).toEqual([
      name,
      '{"challenge":{"guesses":3}}',
    ]);
  }
});

test("the fallback goes by the account's limits alone: the state machine has no number of its own", () => {
  const machineOf = (template: Template) =>
    Object.values(template.findResources("AWS::StepFunctions::StateMachine")).map(
      ({ Properties }) => (Properties as { readonly DefinitionString: unknown }).DefinitionString,
    );
  const limits = { fallback: { calls: 2, callGapSeconds: 60 } };
  const changed = templateOf({ limits });
  expect(machineOf(changed)).toEqual(machineOf(templateOf({})));
  for (const name of ["dispatch-call", "send-sms", "challenge"] as const) {
    expect(JSON.parse(String(variablesOf(changed, name)["LIMITS"]))).toEqual(limits);
  }
});

describe("a domain of one's own", () => {
  test("is CloudFront's where there are pages, with TLS 1.2 or newer, and an allowed origin", () => {
    const stack = new Stack(new App(), "Host");
    const domain = { name: "id.example.com", certificateArn };
    const props = { ...least, domain };
    new TwostepService(stack, "SecondStep", { ...props, bundleDirectory, pagesDirectory });
    const template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Aliases: ["id.example.com"],
        ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
      },
    });
    template.resourceCountIs("AWS::ApiGatewayV2::DomainName", 0);
    expect(variablesOf(template, "sign-in")["ALLOWED_ORIGINS"]).toBe(
      "https://panel.example.com,https://id.example.com",
    );
    expect(variablesOf(template, "accounts")["SIGN_IN_URL"]).toBe("https://id.example.com/");
  });

  test("is the API's where there are none", () => {
    const stack = new Stack(new App(), "Host");
    const domain = { name: "id.example.com", certificateArn };
    const props = { ...least, domain, pages: false } as const;
    const service = new TwostepService(stack, "SecondStep", { ...props, bundleDirectory });
    const template = Template.fromStack(stack);
    expect(propertiesOf(template, "AWS::ApiGatewayV2::DomainName")).toEqual([
      {
        DomainName: "id.example.com",
        DomainNameConfigurations: [
          {
            CertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/c",
            EndpointType: "REGIONAL",
            SecurityPolicy: "TLS_1_2",
          },
        ],
      },
    ]);
    expect(propertiesOf(template, "AWS::ApiGatewayV2::ApiMapping")).toEqual([
      {
        ApiId: "${SecondStepApiHttp}",
        DomainName: expect.stringMatching(/^\$\{SecondStepApi\w*Domain\w*\}$/) as unknown,
        Stage: "$default",
      },
    ]);
    expect(service.apiUrl).toBe("https://id.example.com");
    expect(service.pagesUrl).toBeUndefined();
  });
});

test("a web ACL stands before pages and API", () => {
  const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1";
  templateOf({ pages: { webAclArn } }).hasResourceProperties("AWS::CloudFront::Distribution", {
    DistributionConfig: { WebACLId: webAclArn },
  });
});

test("the web ACL counts sign-ins and requests of each address, in the region that CloudFront reads", () => {
  const stack = new EdgeStack(new App(), "TwostepEdge", {});
  expect(stack.region).toBe("us-east-1");
  const rule = (Priority: number, Name: string, rate: object) => ({
    Priority,
    Name,
    Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
    Statement: {
      RateBasedStatement: { ...rate, AggregateKeyType: "IP", EvaluationWindowSec: 300 },
    },
    VisibilityConfig: seenAs(Name),
  });
  const [acl, ...others] = propertiesOf(Template.fromStack(stack), "AWS::WAFv2::WebACL");
  expect(others).toEqual([]);
  expect(acl).toEqual({
    Name: "TwostepEdge",
    Description: expect.any(String) as unknown,
    Scope: "CLOUDFRONT",
    DefaultAction: { Allow: {} },
    VisibilityConfig: seenAs("All"),
    Rules: [
      rule(0, "SignIns", {
        Limit: 100,
        ScopeDownStatement: {
          ByteMatchStatement: {
            FieldToMatch: { UriPath: {} },
            PositionalConstraint: "EXACTLY",
            SearchString: "/v1/sign-in",
            TextTransformations: [{ Priority: 0, Type: "NONE" }],
          },
        },
      }),
      rule(1, "Requests", { Limit: 2000 }),
    ],
  });
});

/** Metrics are kept; samples of requests, with their cookies, are not. */
const seenAs = (MetricName: string) => ({
  MetricName,
  CloudWatchMetricsEnabled: true,
  SampledRequestsEnabled: false,
});

describe("concurrency is kept", () => {
  const reserved = (template: Template) =>
    Object.values(template.findResources("AWS::Lambda::Function"))
      .map((one) => (one as { Properties: Record<string, unknown> }).Properties)
      .filter((properties) => "ReservedConcurrentExecutions" in properties);

  test("for what strangers may flood, and for what nobody waits for, within what an account has", () => {
    const kept = reserved(templateOf());
    const sum = kept.reduce((all, one) => all + Number(one["ReservedConcurrentExecutions"]), 0);
    expect(kept.map((one) => one["Description"]).sort()).toEqual(
      [
        "accounts",
        "call-status",
        "dispatch-call",
        "not-found",
        "send-sms",
        "sign-in",
        "telegram-sender",
        "telegram-webhook",
      ].map((name) => `functions/${name}`),
    );
    // 1,000 in all, of which 100 must stay unreserved.
    expect(sum).toBeLessThanOrEqual(900);
  });

  test("unless an account has none to spare", () => {
    expect(reserved(templateOf({ reservedConcurrency: {} }))).toEqual([]);
  });
});

test("functions run on the processor that is wanted, all on the same", () => {
  const architectures = (props: Partial<TwostepServiceProps>) =>
    Object.values(templateOf(props).findResources("AWS::Lambda::Function"))
      .map(({ Properties }) => Properties as { Description?: string; Architectures: unknown })
      .filter(({ Description }) => Description?.startsWith("functions/"))
      .flatMap(({ Architectures }) => Architectures);
  expect(new Set(architectures({}))).toEqual(new Set(["arm64"]));
  expect(new Set(architectures({ architecture: "x86_64" }))).toEqual(new Set(["x86_64"]));
});

test("a stack that is to go leaves nothing behind", () => {
  const { Resources } = templateOf({ trial: true }).toJSON() as {
    Resources: Record<string, { Type: string; DeletionPolicy?: string }>;
  };
  const kept = Object.values(Resources).filter(
    ({ DeletionPolicy }) => DeletionPolicy !== undefined && DeletionPolicy !== "Delete",
  );
  expect(kept).toEqual([]);
});

describe("a recovered table", () => {
  const template = templateOf({ accountsTable: "twostep-recovered" });

  test("is what every function reads and writes, and may; the stack's own stays, with its key", () => {
    const functions = functionNames
      .map((name) => variablesOf(template, name)["TABLE_NAME"])
      .filter((name) => name !== undefined);
    expect(functions.length).toBeGreaterThan(10);
    expect(new Set(functions)).toEqual(new Set(["twostep-recovered"]));
    const roles = JSON.stringify(template.findResources("AWS::IAM::Role"));
    expect(roles).toContain(":table/twostep-recovered");
    expect(roles).not.toContain("SecondStepAccountsTable");
    expect(roles).toContain("SecondStepAccountsKey");
    template.hasResource("AWS::DynamoDB::GlobalTable", { DeletionPolicy: "Retain" });
    expect(JSON.stringify(template.findOutputs("*"))).toContain('"Value":"twostep-recovered"');
  });
});

test("props are checked when the template is made, those of a host too", () => {
  expect(() => templateOf({ allowedOrigins: [] })).toThrow(
    "Host/SecondStep: allowedOrigins must name an origin",
  );
});
