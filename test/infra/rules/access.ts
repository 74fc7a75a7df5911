import { expect } from "vitest";
import { browserRoutes } from "../../../infra/settings/routes.ts";
import { constructOf } from "./construct-of.ts";
import { allowedBy, Role } from "./roles.ts";
import { readable } from "../readable.ts";
import { named, resourcesOf, settingsOf } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

const throughDynamoDb = {
  StringEquals: {
    "kms:ViaService": "dynamodb.${AWS::Region}.amazonaws.com",
  },
};

/** Calls on items whose partition keys are like this, and nothing more of the table. */
const items = (keys: string, ...calls: string[]) => {
  const confined = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [keys] } };
  return calls.map((call) => `dynamodb:${call} AccountsTable ${JSON.stringify(confined)}`);
};

const table = (...calls: string[][]) => [
  ...calls.flat(),
  `kms:Decrypt AccountsKey ${JSON.stringify(throughDynamoDb)}`,
];

const account = (...calls: string[]) => items("account#*", ...calls);

const signedIn = account("GetItem", "BatchGetItem", "PutItem", "UpdateItem");

const passwordTry = [
  ...items("mail#*", "GetItem", "PutItem"),
  ...items("budget#password#*", "GetItem", "PutItem", "DeleteItem"),
  ...items("budget#address#*", "GetItem", "UpdateItem"),
];

const sendBudgets = [
  ...items("budget#sends#*", "GetItem", "UpdateItem"),
  ...items("budget#stopped", "GetItem"),
];

const secret = (name: string) => `secretsmanager:GetSecretValue ${name}`;

const log = (name: string) => [
  `logs:CreateLogStream ${constructOf(name)}log`,
  `logs:PutLogEvents ${constructOf(name)}log`,
];

const lookupKey = secret("SecretsLookupKey");

const totpKey = secret("SecretsTotpKey");

const recoveryKey = secret("SecretsRecoveryKey");

const botToken = secret("SecretsTelegramBotToken");

const webhookSecret = secret("SecretsTelegramWebhookSecret");

const codesKey = secret("SecretsCodesKey");

const edgeSecret = secret("PagesEdgeSecret");

const carrierCredentials = secret("SecretsCarrierCredentials");

export const fallbackArn =
  "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Fallback";
const fallback = JSON.stringify(fallbackArn);

/** `SendTask*` take no narrower resource than the machine that the token is of. */
const endsFallback = `states:SendTaskSuccess ${fallback}`;

const movesFallback = [`states:StartExecution ${fallback}`, `states:SendTaskFailure ${fallback}`];

/** One route of the host, at one path. */
const hostCall = (call: string) =>
  JSON.stringify(
    `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${ApiHttp}/$default/${call}`,
  );

const tellsQueue = "sqs:SendMessage TelegramQueue";

/** What follows from a decision that closes challenges or notes activity. */
const effects = [tellsQueue, endsFallback, "events:PutEvents ActivityBus"];

/** A phone number has no ARN, so an SMS can be allowed only by leaving out all that has one. */
const sms = 'sns:Publish not "arn:${AWS::Partition}:sns:*:*:*"';

/** All that any code of the service may do. Whoever widens a grant writes it here too. */
const allowed = {
  "sign-in": [
    ...log("signin"),
    ...table(account("GetItem", "Query", "PutItem", "UpdateItem"), passwordTry),
    lookupKey,
    ...effects,
    edgeSecret,
  ],
  challenge: [
    ...log("challenge"),
    ...table(signedIn, account("Query")),
    totpKey,
    recoveryKey,
    codesKey,
    carrierCredentials,
    ...effects,
    ...movesFallback,
    edgeSecret,
  ],
  totp: [...log("totp"), ...table(signedIn), totpKey, ...effects, edgeSecret],
  "recovery-codes": [
    ...log("recoverycodes"),
    ...table(signedIn),
    recoveryKey,
    ...effects,
    edgeSecret,
  ],
  sessions: [
    ...log("sessions"),
    ...table(signedIn, account("Query"), passwordTry),
    lookupKey,
    codesKey,
    ...effects,
    edgeSecret,
  ],
  security: [...log("security"), ...table(account("BatchGetItem", "UpdateItem"))],
  accounts: [
    ...log("accounts"),
    ...table(account("GetItem", "PutItem"), items("mail#*", "GetItem", "PutItem", "DeleteItem")),
    lookupKey,
    ...effects,
  ],
  telegram: [
    ...log("telegram"),
    ...table(signedIn, items("index#link#*", "PutItem")),
    ...effects,
    edgeSecret,
  ],
  "telegram-webhook": [
    ...log("telegramwebhook"),
    ...table(
      account("GetItem", "PutItem"),
      items("index#link#*", "GetItem"),
      items("index#challenge#*", "GetItem"),
      items("claim#telegram-update#*", "PutItem"),
      items("budget#telegram-talk#*", "GetItem", "UpdateItem"),
    ),
    botToken,
    webhookSecret,
    ...effects,
  ],
  "telegram-sender": [
    ...log("telegramsender"),
    ...table(
      account("GetItem", "PutItem"),
      items("index#challenge#*", "PutItem"),
      items("claim#telegram-notice#*", "PutItem"),
    ),
    botToken,
    ...effects,
    "sqs:ReceiveMessage TelegramQueue",
    "sqs:DeleteMessage TelegramQueue",
    "sqs:GetQueueAttributes TelegramQueue",
    "sqs:ChangeMessageVisibility TelegramQueue",
  ],
  "telegram-setup": [...log("telegramsetup"), botToken, webhookSecret],
  "pages-setup": [
    ...log("pages-setup"),
    's3:PutObject "${PagesBucket.Arn}/*"',
    's3:DeleteObject "${PagesBucket.Arn}/*"',
    "s3:ListBucket PagesBucket",
  ],
  phones: [
    ...log("phones"),
    ...table(signedIn),
    codesKey,
    carrierCredentials,
    ...effects,
    ...movesFallback,
    edgeSecret,
  ],
  "dispatch-call": [
    ...log("dispatchcall"),
    ...table(account("GetItem", "PutItem"), items("index#call#*", "PutItem"), sendBudgets),
    codesKey,
    carrierCredentials,
    endsFallback,
  ],
  "send-sms": [
    ...log("sendsms"),
    ...table(account("GetItem", "PutItem"), sendBudgets),
    codesKey,
    sms,
    endsFallback,
  ],
  "call-status": [
    ...log("callstatus"),
    ...table(account("GetItem", "PutItem"), items("index#call#*", "GetItem")),
    carrierCredentials,
    ...movesFallback,
  ],
  "synthetic-sign-in": [
    ...log("syntheticsignin"),
    "secretsmanager:GetSecretValue SecretsSyntheticSignIn",
    "secretsmanager:PutSecretValue SecretsSyntheticSignIn",
    `execute-api:Invoke ${hostCall("PUT/v1/accounts/twostep-synthetic-sign-in")}`,
    `execute-api:Invoke ${hostCall("POST/v1/accounts/twostep-synthetic-sign-in/reset")}`,
  ],
  health: [...log("health"), ...table(items("health", "GetItem"))],
  time: log("time"),
  "not-found": log("notfound"),
};

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

export const accessRules: Rules = ({ template }, rule) => {
  const roles = new Map(
    resourcesOf(template, "AWS::IAM::Role").map(([logicalId, resource]) => [
      named({ Ref: logicalId }),
      Role.parse(resource.Properties),
    ]),
  );

  for (const [name, lines] of Object.entries(allowed)) {
    rule(`${name} may do exactly what is listed`, () => {
      const role = roles.get(`${constructOf(name)}role`);
      expect(role?.Description).toBe(`What functions/${name} may do`);
      expect(role && allowedBy(role)).toEqual([...lines].sort());
    });
  }

  rule(
    "the key that opens TOTP secrets is read by what answers their routes, and by nothing else",
    () => {
      const answering = browserRoutes.flatMap(([, path, name]) =>
        path.split("/").includes("totp") ? [`Functions${name.replaceAll("-", "")}role`] : [],
      );
      const reading = [...roles].flatMap(([id, role]) =>
        allowedBy(role).includes(totpKey) ? [id] : [],
      );
      expect(new Set(reading)).toEqual(new Set(answering));
    },
  );

  rule("no action and no resource is a wildcard", () => {
    const wild = [...roles.values()].flatMap(allowedBy).filter((line) => {
      const [action = "", resource = ""] = line.split(" ");
      return action.includes("*") || resource === '"*"';
    });
    expect(wild).toEqual([]);
  });

  rule("the fallback may invoke its two functions and do nothing else", () => {
    const role = roles.get("FallbackRole");
    expect(role && allowedBy(role)).toEqual([
      "lambda:InvokeFunction Functionsdispatchcall",
      "lambda:InvokeFunction Functionssendsms",
    ]);
  });

  rule(
    "each function has a role of its own, the fallback one, and there are no other roles",
    () => {
      expect(roles.size).toBe(Object.keys(allowed).length + 1);
      const used = resourcesOf(template, "AWS::Lambda::Function").map(([logicalId, resource]) => {
        expect(named(resource.Properties["Role"])).toBe(`${named({ Ref: logicalId })}role`);
        return named(resource.Properties["Role"]);
      });
      expect(new Set([...used, "FallbackRole"])).toEqual(new Set(roles.keys()));
    },
  );

  rule(
    "a function's role can be taken by Lambda alone, the fallback's by that one state machine",
    () => {
      for (const [name, role] of roles) {
        expect(readable(role.AssumeRolePolicyDocument)).toEqual(
          name === "FallbackRole"
            ? takenBy("states.amazonaws.com", {
                StringEquals: { "aws:SourceAccount": "${AWS::AccountId}" },
                ArnEquals: { "aws:SourceArn": fallbackArn },
              })
            : takenBy("lambda.amazonaws.com"),
        );
      }
    },
  );

  rule(
    "nothing but the listed kinds of resource exists: no policy beside the roles, no layer, no function URL, and two custom resources, the bot and the pages' files",
    () => {
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
        "AWS::Events::Rule",
        "AWS::IAM::Role",
        "AWS::KMS::Key",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::S3::BucketPolicy",
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::SecretsManager::Secret",
        "AWS::StepFunctions::StateMachine",
        "Custom::Pages",
        "Custom::TelegramBot",
      ]);
    },
  );

  rule("the key policy only hands the key to the account's own IAM policies", () => {
    // In a key policy `*` is the key itself; without kms:* for the account nobody could manage it.
    const account = "arn:${AWS::Partition}:iam::${AWS::AccountId}:root";
    expect(settingsOf(template, "AWS::KMS::Key")).toEqual({
      AccountsKey: {
        Description: "Encrypts the table of accounts",
        EnableKeyRotation: true,
        KeyPolicy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "kms:*", Principal: { AWS: account }, Resource: "*" },
          ],
        },
      },
    });
  });
};
