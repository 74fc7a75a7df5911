import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Api } from "grammy/web";
import { secretLines } from "../lib/crypto/secret-lines.ts";
import { renewWebhookSecret } from "../lib/telegram/set-up-bot.ts";

/**
 * Tells Telegram to send the first secret of the text from now on. Updates that are on their way with the old secret
 * are accepted too, as long as the old one is in the text.
 */
export async function registerWebhookSecret(
  client: SecretsManagerClient,
  from: { readonly secretId: string; readonly tokenId: string; readonly apiRoot: string },
): Promise<"registered" | "no_webhook"> {
  const read = async (SecretId: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? "";
  const [token, text] = await Promise.all([read(from.tokenId), read(from.secretId)]);
  const api = new Api(token, { apiRoot: from.apiRoot, timeoutSeconds: 10 });
  return renewWebhookSecret(api, secretLines(text)[0]);
}
