import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientSettings, setting } from "../../lib/http/environment.ts";
import { powertoolsLog } from "../../lib/http/powertools-log.ts";
import { customResource } from "./custom-resource.ts";
import { keepBot } from "./keep-bot.ts";

const secrets = new SecretsManagerClient(clientSettings);

/** Asked for late: a function that does not start answers nobody, and the deploy hangs. */
const secretNamed = (variable: string) => async () => {
  const SecretId = setting(process.env, variable);
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString ?? "";
};

const pauseMs = 1000;

/** Custom::TelegramBot, called by CloudFormation. */
export const handler = customResource(
  keepBot({
    botToken: secretNamed("TELEGRAM_BOT_TOKEN_SECRET_ID"),
    webhookSecret: secretNamed("TELEGRAM_WEBHOOK_SECRET_ID"),
    pauseMs,
  }),
  { limitMs: 10_000, pauseMs },
  powertoolsLog(),
);
