import { secretLines } from "../../lib/crypto/secret-lines.ts";
import { asText } from "../../lib/runtime/secrets-manager-secret.ts";
import { setting } from "../../lib/settings/environment.ts";
import { botActions } from "../../lib/telegram/bot-actions.ts";
import { makeBot } from "../../lib/telegram/bot.ts";
import { noticeRevokedToken } from "../../lib/telegram/notice-revoked-token.ts";
import { decidesForTelegram } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { claims, counter, index, languages, serviceName } from "../parts.ts";
import { secret } from "../secrets.ts";
import { telegramWebhook } from "./webhook.ts";

const services = createServices(decidesForTelegram, {
  botToken: secret("TELEGRAM_BOT_TOKEN_SECRET_ID", asText),
  webhookSecrets: secret("TELEGRAM_WEBHOOK_SECRET_ID", secretLines),
  index,
  updates: claims("telegram-update"),
  talks: counter("telegram-talk"),
  service: serviceName,
  languages,
});
const { botToken } = services;
const actions = botActions({ ...services, services });
const botOf = (token: string) => {
  const bot = makeBot(
    {
      token,
      apiRoot: setting(process.env, "TELEGRAM_API_ROOT"),
      username: process.env["TELEGRAM_BOT_USERNAME"] ?? "",
      service: services.service,
      languages: services.languages,
    },
    actions,
    services.log,
  );
  bot.api.config.use(noticeRevokedToken(botToken.fresh));
  return bot;
};
let bot: ReturnType<typeof makeBot> | undefined;

export const handler = telegramWebhook({
  services,
  webhookSecrets: services.webhookSecrets.get,
  async bot() {
    const token = await botToken.get();
    if (bot?.token !== token) bot = botOf(token);
    return bot;
  },
});
