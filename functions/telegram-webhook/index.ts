import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { secretLines } from "../../lib/crypto/secret-lines.ts";
import { asText, secretsManagerSecret } from "../../lib/runtime/secrets-manager-secret.ts";
import { dynamoClaims } from "../../lib/runtime/dynamo-claims.ts";
import { dynamoCounter } from "../../lib/runtime/dynamo-counter.ts";
import {
  clientSettings,
  eventClientSettings,
  foundation,
  setting,
} from "../../lib/runtime/environment.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { readLanguages } from "../../lib/settings/languages.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { noticeRevokedToken } from "../../lib/telegram/notice-revoked-token.ts";
import { botActions } from "../../lib/telegram/bot-actions.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import { telegramWebhook } from "./webhook.ts";

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
const secrets = new SecretsManagerClient(clientSettings);
const botToken = secretsManagerSecret(
  secrets,
  setting(env, "TELEGRAM_BOT_TOKEN_SECRET_ID"),
  asText,
  shell,
);
const languages = readLanguages(env["LANGUAGES"]);
const actions = botActions({
  shell,
  index: dynamoAccountIndex(table),
  updates: dynamoClaims(table, "telegram-update"),
  talks: dynamoCounter(table, "telegram-talk"),
});
const botOf = (token: string) => {
  const bot = makeBot(
    {
      token,
      apiRoot: setting(env, "TELEGRAM_API_ROOT"),
      username: env["TELEGRAM_BOT_USERNAME"] ?? "",
      service: setting(env, "SERVICE_NAME"),
      languages,
    },
    actions,
    shell.log,
  );
  bot.api.config.use(noticeRevokedToken(botToken.fresh));
  return bot;
};
let bot: ReturnType<typeof makeBot> | undefined;

export const handler = telegramWebhook({
  shell,
  webhookSecrets: secretsManagerSecret(
    secrets,
    setting(env, "TELEGRAM_WEBHOOK_SECRET_ID"),
    secretLines,
    shell,
  ).get,
  async bot() {
    const token = await botToken.get();
    if (bot?.token !== token) bot = botOf(token);
    return bot;
  },
});
