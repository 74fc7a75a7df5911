import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretLines } from "../../lib/crypto/secret-lines.ts";
import { clientSettings } from "../../lib/runtime/client-settings.ts";
import { setting } from "../../lib/settings/environment.ts";
import { powertoolsLog } from "../../lib/runtime/powertools-log.ts";
import { customResource } from "./custom-resource.ts";
import { keepBot } from "./keep-bot.ts";

const secrets = new SecretsManagerClient(clientSettings);

/** Reads the secret late: a function that does not start gives no answer, and the deploy hangs. */
const secretNamed = (variable: string) => async () => {
  const SecretId = setting(process.env, variable);
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString ?? "";
};

const webhookSecrets = secretNamed("TELEGRAM_WEBHOOK_SECRET_ID");
const pauseMs = 1000;

/** Custom::TelegramBot, called by CloudFormation. */
export const handler = customResource(
  keepBot({
    botToken: secretNamed("TELEGRAM_BOT_TOKEN_SECRET_ID"),
    webhookSecret: async () => secretLines(await webhookSecrets())[0],
    pauseMs,
  }),
  { limitMs: 10_000, pauseMs },
  powertoolsLog(),
);
