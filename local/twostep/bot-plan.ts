import type { Plan } from "../aws/plan/plan.ts";
import { secretNamedBy } from "../aws/secrets/secret-named-by.ts";
import type { Secret } from "../aws/secrets/secrets.ts";
import type { BotPlan } from "../devices/telegram/telegram.ts";

type BotParts = Pick<Plan, "functions" | "customResources">;

/** The ARN of the secret with the bot's token, if there is a bot. This variable names the secret to functions. */
export function tokenSecretOf(plan: BotParts): string | undefined {
  return secretNamedBy("TELEGRAM_BOT_TOKEN_SECRET_ID", plan);
}

/** What the template says of its bot; undefined if it has none. */
export function botPlanOf(plan: BotParts, secrets: readonly Secret[]): BotPlan | undefined {
  const valueOf = (arn: string | undefined): string | undefined =>
    secrets.find((secret) => secret.arn === arn)?.value;
  const token = valueOf(tokenSecretOf(plan));
  if (token === undefined) return undefined;
  const url = plan.customResources
    .map(({ properties }) => properties["WebhookUrl"])
    .find((property) => typeof property === "string");
  // During a rotation there are several secrets, one on each line. Telegram gets the first.
  const secretToken = valueOf(secretNamedBy("TELEGRAM_WEBHOOK_SECRET_ID", plan))?.split("\n")[0];
  return {
    token,
    webhook: url === undefined || secretToken === undefined ? undefined : { url, secretToken },
  };
}
