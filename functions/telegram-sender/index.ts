import middy from "@middy/core";
import { one } from "../../lib/log/measure.ts";
import { asText } from "../../lib/runtime/secrets-manager-secret.ts";
import { setting } from "../../lib/settings/environment.ts";
import { grammyTelegramApi } from "../../lib/telegram/grammy-telegram-api.ts";
import { decidesForTelegram, failedJobs } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { claims, index, languages, serviceName } from "../parts.ts";
import { secret } from "../secrets.ts";
import { telegramSender } from "./sender-handler.ts";

const services = createServices(decidesForTelegram, {
  botToken: secret("TELEGRAM_BOT_TOKEN_SECRET_ID", asText),
  index,
  claims: claims("telegram-notice"),
  failedJobs,
  service: serviceName,
  languages,
});
const { botToken, log } = services;

export const handler = middy(
  telegramSender({
    ...services,
    api: async () =>
      grammyTelegramApi(
        await botToken.get(),
        setting(process.env, "TELEGRAM_API_ROOT"),
        botToken.fresh,
        () => log.measure(one("TelegramTokenRefused", {})),
      ),
  }),
);
