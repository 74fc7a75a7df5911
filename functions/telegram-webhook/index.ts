import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretsManagerText } from "../../lib/crypto/secrets-manager-text.ts";
import { dynamoCounter } from "../../lib/guard/dynamo-counter.ts";
import { clientSettings, foundation, setting } from "../../lib/http/environment.ts";
import { powertoolsLog } from "../../lib/http/powertools-log.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { botActions } from "../../lib/telegram/bot-actions.ts";
import { dynamoAccountIndex } from "../../lib/account/dynamo-account-index.ts";
import { telegramWebhook } from "./webhook.ts";

const { env } = process;
const { table, shell } = foundation(
  { env, now: Date.now, random: randomBytes, log: powertoolsLog() },
  {
    dynamo: new DynamoDBClient(clientSettings),
    sqs: new SQSClient(clientSettings),
    sfn: new SFNClient(clientSettings),
    eventBridge: new EventBridgeClient(clientSettings),
  },
);
const secrets = new SecretsManagerClient(clientSettings);
const botToken = secretsManagerText(secrets, setting(env, "TELEGRAM_BOT_TOKEN_SECRET_ID"));
const actions = botActions({
  shell,
  index: dynamoAccountIndex(table),
  updates: dynamoCounter(table, "telegram-update"),
  talks: dynamoCounter(table, "telegram-talk"),
});
let bot: ReturnType<typeof makeBot> | undefined;

export const handler = telegramWebhook({
  shell,
  webhookSecret: secretsManagerText(secrets, setting(env, "TELEGRAM_WEBHOOK_SECRET_ID")),
  bot: async () =>
    (bot ??= makeBot(
      {
        token: await botToken(),
        apiRoot: setting(env, "TELEGRAM_API_ROOT"),
        username: env["TELEGRAM_BOT_USERNAME"] ?? "",
        service: setting(env, "SERVICE_NAME"),
      },
      actions,
      shell.log,
    )),
});
