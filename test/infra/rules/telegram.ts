import { expect } from "vitest";
import * as z from "zod";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import { readable } from "../readable.ts";
import { settingsOf } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

const refusedWithoutTls = (queue: string) => ({
  Queues: [`\${${queue}}`],
  PolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: "sqs:*",
        Principal: { AWS: "*" },
        Resource: `\${${queue}.Arn}`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  },
});

export const telegramRules: Rules = ({ template, functions }, rule) => {
  rule(
    "the queue is encrypted, hides a message for six times the sender's timeout, and puts it aside for 14 days after so many tries as last for the life of a challenge",
    () => {
      const timeout = z.number().parse(functions.get("telegram-sender")?.properties["Timeout"]);
      expect(settingsOf(template, "AWS::SQS::Queue")).toEqual({
        TelegramDeadLetters: {
          SqsManagedSseEnabled: true,
          MessageRetentionPeriod: 14 * 24 * 60 * 60,
        },
        TelegramQueue: {
          SqsManagedSseEnabled: true,
          VisibilityTimeout: 6 * timeout,
          RedrivePolicy: { deadLetterTargetArn: "${TelegramDeadLetters.Arn}", maxReceiveCount: 15 },
        },
      });
    },
  );

  rule("the queues' policies allow nobody anything and refuse what does not come over TLS", () => {
    expect(settingsOf(template, "AWS::SQS::QueuePolicy")).toEqual({
      TelegramDeadLettersPolicy: refusedWithoutTls("TelegramDeadLetters"),
      TelegramQueuePolicy: refusedWithoutTls("TelegramQueue"),
    });
  });

  rule(
    "the sender gets up to ten messages at once, without waiting for more, answers for each by itself, and is given no more than it has instances for",
    () => {
      const reserved = functions.get("telegram-sender")?.properties["ReservedConcurrentExecutions"];
      expect(reserved).toBe(20);
      expect(settingsOf(template, "AWS::Lambda::EventSourceMapping")).toEqual({
        TelegramDelivery: {
          EventSourceArn: "${TelegramQueue.Arn}",
          FunctionName: "${Functionstelegramsender}",
          BatchSize: 10,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
          ScalingConfig: { MaximumConcurrency: reserved },
        },
      });
    },
  );

  rule("the bot is told where the API's webhook is, and no secret", () => {
    expect(settingsOf(template, "Custom::TelegramBot")).toEqual({
      TelegramBotRegistration: {
        ServiceToken: "${Functionstelegramsetup.Arn}",
        ServiceTimeout: "180",
        WebhookUrl: "${ApiHttp.ApiEndpoint}/v1/telegram/webhook",
        BotUsername: "",
        ApiRoot: "https://api.telegram.org",
        Languages: everyLanguage.join(","),
      },
    });
    expect(readable(template.Outputs["TelegramStatus"])).toMatchObject({
      Value: "${TelegramBotRegistration.Status}",
    });
  });
};
