import { randomUUID } from "node:crypto";
import type { DataDirectory } from "../data/data-directory.ts";
import { carrierSecretOf, generateCarrierCredentials } from "../phone/carrier-credentials.ts";
import { generateBotToken } from "../telegram/bot.ts";
import { tokenSecretOf } from "../telegram/bot-plan.ts";
import type { RealTelegram } from "../telegram/call-telegram.ts";
import type { Plan } from "../template/plan.ts";
import { openSecrets } from "./secrets.ts";
import type { Secret } from "./secrets.ts";

export type StackSecretsOptions = {
  data: DataDirectory;
  plan: Pick<Plan, "secrets" | "functions" | "customResources">;
  now: number;
  real: RealTelegram | undefined;
};

/**
 * The template's secrets, with what an operator would put there: the carriers' credentials and the bot's token, made up for the
 * stand-ins and kept. A real token is never written to disk.
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
