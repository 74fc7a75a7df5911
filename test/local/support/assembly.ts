import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Assembly, Template } from "../../../local/aws/template/template.ts";
import { aFolder } from "./folder.ts";

export type TestFunction = {
  /** CommonJS source that sets `exports.handler`. */
  code: string;
  timeoutSeconds?: number;
  environment?: Record<string, unknown>;
  /** The logical id of its role; without one it may do everything. */
  role?: string;
};

export type TestAssembly = {
  functions?: Record<string, TestFunction>;
  /** Route key to function, and whether it wants a signature. */
  routes?: Record<string, string | { function: string; iam: true }>;
  cors?: Record<string, unknown>;
  resources?: Template["Resources"];
  parameters?: Template["Parameters"];
};

/** Answers every event with the event itself. */
export const ECHO: TestFunction = {
  code: `exports.handler = async (event) => ({ statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(event) });`,
};

/** A hand-made assembly in a temporary folder, as CDK would lay it out; it goes as the folder does. */
export async function anAssembly(
  wanted: TestAssembly,
  atEnd?: Parameters<typeof aFolder>[0],
): Promise<Assembly> {
  const directory = await aFolder(atEnd);
  const resources: Template["Resources"] = {
    Api: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: {
        ProtocolType: "HTTP",
        ...(wanted.cors ? { CorsConfiguration: wanted.cors } : {}),
      },
    },
    Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties: { StageName: "$default" } },
    ...wanted.resources,
  };
  for (const [name, { code, timeoutSeconds, environment, role }] of Object.entries(
    wanted.functions ?? {},
  )) {
    await mkdir(join(directory, `asset.${name}`));
    await writeFile(join(directory, `asset.${name}`, "index.js"), code);
    resources[name] = {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { S3Bucket: { "Fn::Sub": "assets-${AWS::Region}" }, S3Key: `${name}.zip` },
        Handler: "index.handler",
        ...(timeoutSeconds === undefined ? {} : { Timeout: timeoutSeconds }),
        ...(role === undefined ? {} : { Role: { "Fn::GetAtt": [role, "Arn"] } }),
        ...(environment ? { Environment: { Variables: environment } } : {}),
      },
    };
    resources[`${name}Integration`] = {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        IntegrationUri: { "Fn::GetAtt": [name, "Arn"] },
        PayloadFormatVersion: "2.0",
      },
    };
  }
  for (const [index, [routeKey, target]] of Object.entries(wanted.routes ?? {}).entries()) {
    const name = typeof target === "string" ? target : target.function;
    resources[`Route${index}`] = {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        RouteKey: routeKey,
        AuthorizationType: typeof target === "string" ? "NONE" : "AWS_IAM",
        Target: { "Fn::Join": ["", ["integrations/", { Ref: `${name}Integration` }]] },
      },
    };
  }
  return { template: { Parameters: wanted.parameters, Resources: resources }, directory };
}

/** A role that allows what these statements say. */
export const aRole = (...statements: readonly object[]): Template["Resources"][string] => ({
  Type: "AWS::IAM::Role",
  Properties: {
    Policies: [
      {
        PolicyName: "access",
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: statements.map((each) => ({ Effect: "Allow", ...each })),
        },
      },
    ],
  },
});

/** The one table of the service, under the logical id `Table`. */
export const TABLE: Template["Resources"] = {
  Table: {
    Type: "AWS::DynamoDB::GlobalTable",
    Properties: {
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      Replicas: [{ Region: { Ref: "AWS::Region" } }],
    },
  },
};
