import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretLines } from "../../lib/crypto/secret-lines.ts";
import { clientSettings } from "../../lib/runtime/client-settings.ts";
import { customResource, type Invocation } from "../../lib/runtime/custom-resource.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { setting } from "../../lib/settings/environment.ts";
import { keepBot } from "./keep-bot.ts";
import { takeUpBot } from "./take-up-bot.ts";

const secrets = new SecretsManagerClient(clientSettings);

/** Reads the secret late: a function that does not start gives no answer, and the deploy hangs. */
const secretNamed = (variable: string) => async () => {
  const SecretId = setting(process.env, variable);
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString ?? "";
};

const webhookSecrets = secretNamed("TELEGRAM_WEBHOOK_SECRET_ID");
const pauseMs = 1000;
const log = powertoolsLog();
const bot = keepBot({
  botToken: secretNamed("TELEGRAM_BOT_TOKEN_SECRET_ID"),
  webhookSecret: async () => secretLines(await webhookSecrets())[0],
  pauseMs,
});
const answerCloudFormation = customResource(bot, { limitMs: 10_000, pauseMs }, log);

/** Custom::TelegramBot, called by CloudFormation; and by an operator, with `{}`. */
export const handler = (event: unknown, context: Invocation) => {
  if (typeof event !== "object" || event === null || Object.keys(event).length > 0) {
    return answerCloudFormation(event, context);
  }
  const wanted = {
    WebhookUrl: setting(process.env, "TELEGRAM_WEBHOOK_URL"),
    BotUsername: process.env["TELEGRAM_BOT_USERNAME"] ?? "",
    ApiRoot: setting(process.env, "TELEGRAM_API_ROOT"),
    Languages: setting(process.env, "LANGUAGES"),
  };
  return takeUpBot(bot, wanted, context, log);
};
