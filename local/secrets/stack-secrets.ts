import { randomUUID } from "node:crypto";
import type { DataDirectory } from "../data/data-directory.ts";
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
 * The template's secrets, with the bot's token where the template has none: one that is made up for the stand-in and kept, or
 * the real one, which is never written to disk.
 */
export async function openStackSecrets(options: StackSecretsOptions): Promise<Secret[]> {
  const { data, plan, now, real } = options;
  const token = tokenSecretOf(plan);
  const operated = token === undefined ? {} : { [token]: generateBotToken };
  const secrets = await openSecrets({ data, plans: plan.secrets, now, operated });
  if (!real) return secrets;
  return secrets.map((secret) =>
    secret.arn === token ? { ...secret, value: real.token, versionId: randomUUID() } : secret,
  );
}
