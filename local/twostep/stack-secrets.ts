import { randomUUID } from "node:crypto";
import type { DataDirectory } from "../aws/data/data-directory.ts";
import type { Plan } from "../aws/plan/plan.ts";
import { openSecrets } from "../aws/secrets/secrets.ts";
import type { Secret } from "../aws/secrets/secrets.ts";
import { generateBotToken } from "../devices/telegram/chats/bot.ts";
import type { RealTelegram } from "../devices/telegram/real/call-telegram.ts";
import { tokenSecretOf } from "./bot-plan.ts";
import { carrierSecretOf, generateCarrierCredentials } from "./carrier-credentials.ts";

export type StackSecretsOptions = {
  data: DataDirectory;
  plan: Pick<Plan, "secrets" | "functions" | "customResources">;
  now: number;
  real: RealTelegram | undefined;
};

/**
 * Opens the template's secrets, with the values that an operator would put there: the carriers' credentials and the
 * bot's token. The stack makes these up for the fakes and keeps them. It never writes a real token to disk.
 */
export async function openStackSecrets(options: StackSecretsOptions): Promise<Secret[]> {
  const { data, plan, now, real } = options;
  const token = tokenSecretOf(plan);
  const carriers = carrierSecretOf(plan);
  const operated = {
    ...(token === undefined ? {} : { [token]: generateBotToken }),
    ...(carriers === undefined ? {} : { [carriers]: generateCarrierCredentials }),
  };
  const secrets = await openSecrets({ data, plans: plan.secrets, now, operated });
  if (!real) return secrets;
  return secrets.map((secret) =>
    secret.arn === token ? { ...secret, value: real.token, versionId: randomUUID() } : secret,
  );
}
