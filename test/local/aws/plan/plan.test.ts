import { expect, test } from "vitest";
import { localNames } from "../../../../local/aws/template/names.ts";
import { readPlan } from "../../../../local/aws/plan/plan.ts";
import type { Template } from "../../../../local/aws/template/template.ts";
import { anAssembly, ECHO } from "../../support/assembly.ts";

const ADDRESSES = { api: "http://127.0.0.1:4000", sqs: "http://127.0.0.1:4001" };

/** The plan of a template with one function and one route, and these resources besides. */
async function planWith(resources: Template["Resources"]) {
  const assembly = await anAssembly({ functions: { Echo: ECHO }, routes: { $default: "Echo" } });
  const template = {
    ...assembly.template,
    Resources: { ...assembly.template.Resources, ...resources },
  };
  return readPlan({ ...assembly, template }, localNames(template, ADDRESSES, {}));
}

const route = (properties: Record<string, unknown>) => ({
  Extra: {
    Type: "AWS::ApiGatewayV2::Route",
    Properties: {
      RouteKey: "GET /extra",
      Target: { "Fn::Join": ["/", ["integrations", { Ref: "EchoIntegration" }]] },
      ...properties,
    },
  },
});

test("an integration may name the function's ARN or the path of its invocations", async () => {
  const { routes } = await planWith({
    EchoIntegration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        IntegrationType: "AWS_PROXY",
        PayloadFormatVersion: "2.0",
        IntegrationUri: {
          "Fn::Sub":
            "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Echo.Arn}/invocations",
        },
      },
    },
  });
  expect(routes).toMatchObject([{ routeKey: "$default", functionName: "Echo", iam: false }]);
});

test("what a template wants of a function is in its plan, with Lambda's defaults", async () => {
  const { functions } = await planWith({});
  expect(functions).toMatchObject([
    {
      name: "Echo",
      handler: "index.handler",
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      environment: {},
    },
  ]);
});

test("resources that only matter on AWS may say what the local stack does not know", async () => {
  const role = { Type: "AWS::IAM::Role", Properties: { Path: { "Fn::ImportValue": "other" } } };
  await expect(planWith({ Role: role })).resolves.toBeDefined();
});

test.each([
  ["another authorizer", route({ AuthorizationType: "JWT" })],
  ["an unknown target", route({ Target: "integrations/None" })],
  [
    "a named stage",
    { Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties: { StageName: "prod" } } },
  ],
  [
    "a second API",
    { Other: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } } },
  ],
  [
    "a WebSocket API",
    { Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "WEBSOCKET" } } },
  ],
  [
    "an unknown intrinsic in a function's environment",
    {
      Odd: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Code: { S3Key: "x.zip" },
          Handler: "index.handler",
          Environment: { Variables: { A: { "Fn::ImportValue": "other" } } },
        },
      },
    },
  ],
])("a template that the local stack cannot obey is refused: %s", async (_, resources) => {
  await expect(planWith(resources)).rejects.toThrow();
});

test("values of this machine take the place of what the template declares, and add nothing", async () => {
  const assembly = await anAssembly({
    functions: {
      One: { ...ECHO, environment: { API_ROOT: "https://api.example.com", OTHER: "1" } },
    },
    routes: { $default: "One" },
    cors: { AllowOrigins: ["https://panel.example.com"] },
    resources: {
      Made: {
        Type: "Custom::Made",
        Properties: { ServiceToken: { "Fn::GetAtt": ["One", "Arn"] }, Name: "", Other: "1" },
      },
    },
  });
  const here = "http://127.0.0.1:4000";
  const { functions, cors, customResources } = readPlan(
    assembly,
    localNames(assembly.template, ADDRESSES, {}),
    {
      variables: { API_ROOT: here, UNKNOWN: "2" },
      properties: { Name: "bot", Unknown: "2" },
      origins: [here],
    },
  );
  expect(functions[0]?.environment).toEqual({ API_ROOT: here, OTHER: "1" });
  expect(cors?.AllowOrigins).toEqual([here]);
  expect(customResources[0]?.properties).toEqual({
    ServiceToken: expect.any(String) as string,
    Name: "bot",
    Other: "1",
  });
});
