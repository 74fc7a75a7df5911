import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import { asText, secretsManagerSecret } from "../../lib/runtime/secrets-manager-secret.ts";
import {
  clientSettings,
  eventClientSettings,
  foundation,
  setting,
} from "../../lib/runtime/environment.ts";
import { one } from "../../lib/log/measure.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { dynamoClaims } from "../../lib/runtime/dynamo-claims.ts";
import { readLanguages } from "../../lib/settings/languages.ts";
import { grammyTelegramApi } from "../../lib/telegram/grammy-telegram-api.ts";
import { telegramSender } from "./sender-handler.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  {
    dynamo: new DynamoDBClient(clientSettings),
    sqs: new SQSClient(clientSettings),
    sfn: new SFNClient(clientSettings),
    eventBridge: new EventBridgeClient(eventClientSettings),
  },
);
const botToken = secretsManagerSecret(
  new SecretsManagerClient(clientSettings),
  setting(env, "TELEGRAM_BOT_TOKEN_SECRET_ID"),
  asText,
  shell,
);

export const handler = middy(
  telegramSender({
    ...shell,
    api: async () =>
      grammyTelegramApi(
        await botToken.get(),
        setting(env, "TELEGRAM_API_ROOT"),
        botToken.fresh,
        () => shell.log.measure(one("TelegramTokenRefused", {})),
      ),
    index: dynamoAccountIndex(table),
    claims: dynamoClaims(table, "telegram-notice"),
    service: setting(env, "SERVICE_NAME"),
    languages: readLanguages(env["LANGUAGES"]),
  }),
);
