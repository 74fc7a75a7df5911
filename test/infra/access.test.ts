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
const botToken = secret("SecretsTelegramBotToken");
const webhookSecret = secret("SecretsTelegramWebhookSecret");
const send = "sqs:SendMessage TelegramQueue";

/** All that any code of the service may do. Whoever widens a grant writes it here too. */
const allowed = {
  "sign-in": [
    ...log("signin"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    send,
  ],
  challenge: [
    ...log("challenge"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    totpKey,
    recoveryKey,
    send,
  ],
  totp: [
    ...log("totp"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    totpKey,
    send,
  ],
  "recovery-codes": [
    ...log("recoverycodes"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    recoveryKey,
    send,
  ],
  sessions: [
    ...log("sessions"),
    ...table("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    send,
  ],
  security: [...log("security"), ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem")],
  accounts: [
    ...log("accounts"),
    ...table("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
    lookupKey,
    send,
  ],
  telegram: [
    ...log("telegram"),
    ...table("GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
    send,
  ],
  "telegram-webhook": [
    ...log("telegramwebhook"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    botToken,
    webhookSecret,
    send,
  ],
  "telegram-sender": [
    ...log("telegramsender"),
    ...table("GetItem", "PutItem", "UpdateItem"),
    botToken,
    send,
    "sqs:ReceiveMessage TelegramQueue",
    "sqs:DeleteMessage TelegramQueue",
    "sqs:GetQueueAttributes TelegramQueue",
  ],
  "telegram-setup": [...log("telegramsetup"), botToken, webhookSecret],
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

test("nothing but the listed kinds of resource exists: no managed or attached policy, no function URL, and one custom resource, the bot", () => {
  const kinds = new Set(Object.values(template.Resources).map((resource) => resource.Type));
  expect([...kinds].sort()).toEqual([
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::DynamoDB::GlobalTable",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::Secret",
    "Custom::TelegramBot",
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
