import { expect, test } from "vitest";
import * as z from "zod";
import { allowedBy, Role } from "./roles.ts";
import { isDeployer, named, resourcesOf, synthesize } from "./synthesize.ts";

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
/** X-Ray knows no resources; these are the only two actions on all of them. */
const traces = ['xray:PutTelemetryRecords "*"', 'xray:PutTraceSegments "*"'];
const log = (name: string) => [
  `logs:CreateLogStream Functions${name}log`,
  `logs:PutLogEvents Functions${name}log`,
  ...traces,
];

const lookupKey = secret("SecretsLookupKey");
const totpKey = secret("SecretsTotpKey");
const recoveryKey = secret("SecretsRecoveryKey");
const botToken = secret("SecretsTelegramBotToken");
const webhookSecret = secret("SecretsTelegramWebhookSecret");
const codesKey = secret("SecretsCodesKey");
const edgeSecret = secret("PagesEdgeSecret");
const carrierCredentials = secret("SecretsCarrierCredentials");
const ladder = JSON.stringify({
  "Fn::Join": [
    "",
    [
      "arn:",
      { Ref: "AWS::Partition" },
      ":states:",
      { Ref: "AWS::Region" },
      ":",
      { Ref: "AWS::AccountId" },
      ":stateMachine:",
      { Ref: "AWS::StackName" },
      "-Ladder",
    ],
  ],
});
/** What follows from a decision. `SendTask*` take no narrower resource than the machine that the token is of. */
const effects = [
  "sqs:SendMessage TelegramQueue",
  `states:StartExecution ${ladder}`,
  `states:SendTaskSuccess ${ladder}`,
  `states:SendTaskFailure ${ladder}`,
  "events:PutEvents ActivityBus",
];
/** A phone number has no ARN, so an SMS can be allowed only by leaving out all that has one. */
const sms = `sns:Publish not ${JSON.stringify({
  "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":sns:*:*:*"]],
})}`;

/** All that any code of the service may do. Whoever widens a grant writes it here too. */
const allowed = {
  "sign-in": [
    ...log("signin"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    ...effects,
    edgeSecret,
  ],
  challenge: [
    ...log("challenge"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    totpKey,
    recoveryKey,
    codesKey,
    carrierCredentials,
    ...effects,
    edgeSecret,
  ],
  totp: [
    ...log("totp"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    totpKey,
    ...effects,
    edgeSecret,
  ],
  "recovery-codes": [
    ...log("recoverycodes"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    recoveryKey,
    ...effects,
    edgeSecret,
  ],
  sessions: [
    ...log("sessions"),
    ...table("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    ...effects,
    edgeSecret,
  ],
  security: [...log("security"), ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem")],
  accounts: [
    ...log("accounts"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    ...effects,
  ],
  telegram: [
    ...log("telegram"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    ...effects,
    edgeSecret,
  ],
  "telegram-webhook": [
    ...log("telegramwebhook"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    botToken,
    webhookSecret,
    ...effects,
  ],
  "telegram-sender": [
    ...log("telegramsender"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    botToken,
    ...effects,
    "sqs:ReceiveMessage TelegramQueue",
    "sqs:DeleteMessage TelegramQueue",
    "sqs:GetQueueAttributes TelegramQueue",
  ],
  "telegram-setup": [...log("telegramsetup"), botToken, webhookSecret],
  phones: [
    ...log("phones"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    codesKey,
    carrierCredentials,
    ...effects,
    edgeSecret,
  ],
  "dispatch-call": [
    ...log("dispatchcall"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    codesKey,
    carrierCredentials,
    ...effects,
  ],
  "send-sms": [
    ...log("sendsms"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    codesKey,
    sms,
    ...effects,
  ],
  "call-status": [
    ...log("callstatus"),
    ...table("GetItem", "PutItem"),
    carrierCredentials,
    ...effects,
  ],
  time: log("time"),
  "not-found": log("notfound"),
};

const roles = new Map(
  resourcesOf(template, "AWS::IAM::Role")
    .filter(([logicalId]) => !isDeployer(logicalId))
    .map(([logicalId, resource]) => [named({ Ref: logicalId }), Role.parse(resource.Properties)]),
);

test.each(Object.entries(allowed))("%s may do exactly what is listed", (name, lines) => {
  const role = roles.get(`Functions${name.replaceAll("-", "")}role`);
  expect(role && allowedBy(role)).toEqual([...lines].sort());
});

test("the ladder may invoke its two functions and do nothing else", () => {
  const role = roles.get("LadderRole");
  expect(role && allowedBy(role)).toEqual([
    "lambda:InvokeFunction Functionsdispatchcall",
    "lambda:InvokeFunction Functionssendsms",
    ...traces,
  ]);
});

test("each function has a role of its own, the ladder one, and there are no other roles but the one by which CDK fills the bucket", () => {
  expect(roles.size).toBe(Object.keys(allowed).length + 1);
  const used = resourcesOf(template, "AWS::Lambda::Function")
    .filter(([logicalId]) => !isDeployer(logicalId))
    .map(([logicalId, resource]) => {
      expect(named(resource.Properties["Role"])).toBe(`${named({ Ref: logicalId })}role`);
      return named(resource.Properties["Role"]);
    });
  expect(new Set([...used, "LadderRole"])).toEqual(new Set(roles.keys()));
});

const takenBy = (service: string, condition?: unknown) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: service },
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});

test("a function's role can be taken by Lambda alone, the ladder's by that one state machine", () => {
  for (const [name, role] of roles) {
    expect(role.AssumeRolePolicyDocument).toEqual(
      name === "LadderRole"
        ? takenBy("states.amazonaws.com", {
            StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
            ArnEquals: { "aws:SourceArn": JSON.parse(ladder) as unknown },
          })
        : takenBy("lambda.amazonaws.com"),
    );
  }
});

test("nothing but the listed kinds of resource exists: no managed policy of ours, no function URL, and two custom resources, the bot and the pages' files", () => {
  const kinds = new Set(Object.values(template.Resources).map((resource) => resource.Type));
  expect([...kinds].sort()).toEqual([
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::DynamoDB::GlobalTable",
    "AWS::Events::EventBus",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Lambda::LayerVersion",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::Secret",
    "AWS::StepFunctions::StateMachine",
    "Custom::CDKBucketDeployment",
    "Custom::TelegramBot",
  ]);
});

test("what CDK fills the bucket by may write there alone, and reads but the assets of CDK's own bootstrap", () => {
  const policies = resourcesOf(template, "AWS::IAM::Policy");
  expect(policies.map(([logicalId]) => isDeployer(logicalId))).toEqual([true]);
  const { Statement } = z
    .object({
      PolicyDocument: z.object({
        Statement: z.array(z.object({ Action: z.array(z.string()), Resource: z.unknown() })),
      }),
    })
    .parse(policies[0]?.[1].Properties).PolicyDocument;
  const where = Statement.map(({ Resource }) => JSON.stringify(Resource));
  expect(where).toEqual([
    expect.stringContaining("cdk-hnb659fds-assets-"),
    expect.stringContaining("PagesFiles"),
  ]);
  expect(where[1]).not.toContain("assets");
  expect(Statement[0]?.Action).toEqual(["s3:GetBucket*", "s3:GetObject*", "s3:List*"]);
  // Nothing of CloudFront: nothing that is cached needs to be invalidated.
  expect(
    Statement.flatMap(({ Action }) => Action).every((action) => action.startsWith("s3:")),
  ).toBe(true);
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
