import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { functionsOf, named, resourcesOf, synthesize, theOnly } from "./synthesize.ts";

const { directory, template } = synthesize();
const functions = functionsOf(template, join(directory, "cdk.out"));
const queues = new Map(
  resourcesOf(template, "AWS::SQS::Queue").map(([logicalId, { Properties }]) => [
    named({ Ref: logicalId }),
    Properties,
  ]),
);

test("the queue is encrypted, hides a message for six times the sender's timeout, and puts it aside after three tries, for 14 days", () => {
  expect([...queues.keys()].sort()).toEqual(["TelegramDeadLetters", "TelegramQueue"]);
  expect(queues.get("TelegramDeadLetters")).toEqual({
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 24 * 60 * 60,
  });
  const queue = z
    .strictObject({
      SqsManagedSseEnabled: z.literal(true),
      VisibilityTimeout: z.number(),
      RedrivePolicy: z.strictObject({
        deadLetterTargetArn: z.unknown(),
        maxReceiveCount: z.literal(3),
      }),
    })
    .parse(queues.get("TelegramQueue"));
  expect(named(queue.RedrivePolicy.deadLetterTargetArn)).toBe("TelegramDeadLetters");
  const timeout = z.number().parse(functions.get("telegram-sender")?.properties["Timeout"]);
  expect(queue.VisibilityTimeout).toBe(6 * timeout);
});

test("the queues' policies allow nobody anything and refuse what does not come over TLS", () => {
  const policies = resourcesOf(template, "AWS::SQS::QueuePolicy").map(([, { Properties }]) =>
    z.object({ Queues: z.tuple([z.unknown()]), PolicyDocument: z.unknown() }).parse(Properties),
  );
  expect(policies.map(({ Queues }) => named(Queues[0])).sort()).toEqual([...queues.keys()].sort());
  for (const { PolicyDocument, Queues } of policies) {
    const { Statement } = z
      .object({ Statement: z.tuple([z.looseObject({ Resource: z.unknown() })]) })
      .parse(PolicyDocument);
    const { Resource, ...refusal } = Statement[0];
    expect(named(Resource)).toBe(named(Queues[0]));
    expect(refusal).toEqual({
      Effect: "Deny",
      Action: "sqs:*",
      Principal: { AWS: "*" },
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }
});

test("the sender gets up to ten messages at once, without waiting for more, and answers for each by itself", () => {
  const { EventSourceArn, FunctionName, ...settings } = theOnly(
    template,
    "AWS::Lambda::EventSourceMapping",
  ).Properties;
  expect(named(EventSourceArn)).toBe("TelegramQueue");
  expect(FunctionName).toEqual({ Ref: functions.get("telegram-sender")?.logicalId });
  expect(settings).toEqual({ BatchSize: 10, FunctionResponseTypes: ["ReportBatchItemFailures"] });
});

test("the bot is told where the API's webhook is, and no secret", () => {
  const [logicalId] = resourcesOf(template, "Custom::TelegramBot")[0] ?? [];
  const { ServiceToken, WebhookUrl, ...properties } = theOnly(
    template,
    "Custom::TelegramBot",
  ).Properties;
  expect(named(ServiceToken)).toBe("Functionstelegramsetup");
  const { "Fn::Join": parts } = z.object({ "Fn::Join": z.unknown() }).parse(WebhookUrl);
  const [, [endpoint, path]] = z
    .tuple([z.literal(""), z.tuple([z.unknown(), z.string()])])
    .parse(parts);
  expect(named(endpoint)).toBe("ApiHttp");
  expect(path).toBe("/v1/telegram/webhook");
  expect(properties).toEqual({
    BotUsername: { Ref: "TelegramBotUsername" },
    ApiRoot: { Ref: "TelegramApiRoot" },
    Languages: "en,uk,ru",
    ServiceTimeout: "180",
  });
  expect(template.Outputs["TelegramStatus"]).toMatchObject({
    Value: { "Fn::GetAtt": [logicalId, "Status"] },
  });
});

test("without a username Telegram is off, and its API is Telegram's own", () => {
  expect(template.Parameters["TelegramBotUsername"]).toMatchObject({ Default: "" });
  expect(template.Parameters["TelegramApiRoot"]).toMatchObject({
    Default: "https://api.telegram.org",
  });
});

test.each([
  ["TelegramBotUsername", "", true],
  ["TelegramBotUsername", "example_bot", true],
  ["TelegramBotUsername", "@example_bot", false],
  ["TelegramBotUsername", "https://t.me/example_bot", false],
  ["TelegramApiRoot", "https://api.telegram.org", true],
  ["TelegramApiRoot", "https://bots.example.com:8443/telegram", true],
  ["TelegramApiRoot", "http://127.0.0.1:8081", true],
  ["TelegramApiRoot", "http://bots.example.com", false],
  ["TelegramApiRoot", "https://api.telegram.org/", false],
  ["TelegramApiRoot", "https://api.telegram.org?", false],
])("%s may be %j: %s", (parameter, value, taken) => {
  const pattern = z.string().parse(template.Parameters[parameter]?.["AllowedPattern"]);
  expect(new RegExp(pattern).test(value)).toBe(taken);
});
