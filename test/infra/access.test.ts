import { expect, test } from "vitest";
import { allowedBy, Role } from "./roles.ts";
import { named, resourcesOf, synthesize } from "./synthesize.ts";

const { template } = synthesize();

const throughDynamoDb = {
  StringEquals: {
    "kms:ViaService": { "Fn::Join": ["", ["dynamodb.", { Ref: "AWS::Region" }, ".amazonaws.com"]] },
  },
};

const table = (...calls: string[]) => [
  ...calls.map((call) => `dynamodb:${call} AccountsTable`),
  `kms:Decrypt AccountsKey ${JSON.stringify(throughDynamoDb)}`,
];
const secret = (name: string) => `secretsmanager:GetSecretValue ${name}`;
const log = (name: string) => [
  `logs:CreateLogStream Functions${name}log`,
  `logs:PutLogEvents Functions${name}log`,
];

const lookupKey = secret("SecretsLookupKey");
const totpKey = secret("SecretsTotpKey");
const recoveryKey = secret("SecretsRecoveryKey");

/** All that any code of the service may do. Whoever widens a grant writes it here too. */
const allowed = {
  "sign-in": [
    ...log("signin"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
  ],
  challenge: [
    ...log("challenge"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    totpKey,
    recoveryKey,
  ],
  totp: [...log("totp"), ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"), totpKey],
  "recovery-codes": [
    ...log("recoverycodes"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    recoveryKey,
  ],
  sessions: [
    ...log("sessions"),
    ...table("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
  ],
  security: [...log("security"), ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem")],
  accounts: [
    ...log("accounts"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
  ],
  time: log("time"),
  "not-found": log("notfound"),
};

const roles = new Map(
  resourcesOf(template, "AWS::IAM::Role").map(([logicalId, resource]) => [
    named({ Ref: logicalId }),
    Role.parse(resource.Properties),
  ]),
);

test.each(Object.entries(allowed))("%s may do exactly what is listed", (name, lines) => {
  const role = roles.get(`Functions${name.replaceAll("-", "")}role`);
  expect(role && allowedBy(role)).toEqual([...lines].sort());
});

test("each function has a role of its own, and there are no other roles", () => {
  expect(roles.size).toBe(Object.keys(allowed).length);
  const used = resourcesOf(template, "AWS::Lambda::Function").map(([logicalId, resource]) => {
    expect(named(resource.Properties["Role"])).toBe(`${named({ Ref: logicalId })}role`);
    return named(resource.Properties["Role"]);
  });
  expect(new Set(used)).toEqual(new Set(roles.keys()));
});

test("a role can be taken by Lambda alone", () => {
  for (const role of roles.values()) {
    expect(role.AssumeRolePolicyDocument).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "lambda.amazonaws.com" },
        },
      ],
    });
  }
});

test("nothing but the listed kinds of resource exists: no managed or attached policy, no custom resource, no function URL", () => {
  const kinds = new Set(Object.values(template.Resources).map((resource) => resource.Type));
  expect([...kinds].sort()).toEqual([
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::DynamoDB::GlobalTable",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::SecretsManager::Secret",
  ]);
});

test("the key policy only hands the key to the account's own IAM policies", () => {
  const account = {
    "Fn::Join": [
      "",
      ["arn:", { Ref: "AWS::Partition" }, ":iam::", { Ref: "AWS::AccountId" }, ":root"],
    ],
  };
  // In a key policy `*` is the key itself; without kms:* for the account nobody could manage it.
  expect(
    resourcesOf(template, "AWS::KMS::Key").map(([, key]) => key.Properties["KeyPolicy"]),
  ).toEqual([
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "kms:*", Principal: { AWS: account }, Resource: "*" }],
    },
  ]);
});

test("only this API's gateway may invoke a function", () => {
  for (const [, permission] of resourcesOf(template, "AWS::Lambda::Permission")) {
    expect(permission.Properties).toMatchObject({
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    });
    expect(JSON.stringify(permission.Properties["SourceArn"])).toMatch(
      /:execute-api:.*"Ref":"ApiHttp[0-9A-F]{8}"/,
    );
  }
});
